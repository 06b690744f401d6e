using System.Diagnostics;
using System.Text;

namespace NotebookRunner.Tests.Transcripts;

/// <summary>Stands between a client and a kernel, and writes down what passes. What one side says after having heard the other is written down after it.</summary>
internal sealed class Recorder(string transcript)
{
    // A process that the kernel's cells started may hold its pipes open.
    private static readonly TimeSpan LastWordsGrace = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();

    public int Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process kernel = Process.Start(start)!;
        Task listening = Task.WhenAll(
            Task.Run(() => Pass(kernel.StandardOutput.BaseStream, Console.OpenStandardOutput(), line => ToOutput(line))),
            Task.Run(() => Pass(kernel.StandardError.BaseStream, Console.OpenStandardError(), line => new(EntryKind.Error, line.TrimEnd('\n')))));
        _ = Task.Run(() =>
        {
            Pass(Console.OpenStandardInput(), kernel.StandardInput.BaseStream, line => new(EntryKind.In, line.TrimEnd('\n')));
            kernel.StandardInput.Close();
        });

        kernel.WaitForExit();
        listening.Wait(LastWordsGrace);
        Write(new(EntryKind.Exit, kernel.ExitCode.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return kernel.ExitCode;
    }

    private static Entry ToOutput(string line) =>
        Entry.IsEvent(line) ? new(EntryKind.Out, line.TrimEnd('\n', '\r')) : new(EntryKind.Stray, line);

    private void Pass(Stream from, Stream to, Func<string, Entry> describe)
    {
        foreach (byte[] line in Lines(from))
        {
            Write(describe(Encoding.UTF8.GetString(line)));
            try
            {
                to.Write(line);
                to.Flush();
            }
            catch (IOException)
            {
                // The other side has gone; what this one still says is worth recording.
            }
        }
    }

    // With the line ends, since the last line may have none.
    private static IEnumerable<byte[]> Lines(Stream stream)
    {
        var line = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is > 0 and var count)
        {
            int done = 0;
            for (int end; (end = Array.IndexOf(buffer, (byte)'\n', done, count - done)) >= 0; done = end + 1)
            {
                line.Write(buffer, done, end + 1 - done);
                yield return line.ToArray();
                line.SetLength(0);
            }

            line.Write(buffer, done, count - done);
        }

        if (line.Length > 0)
            yield return line.ToArray();
    }

    // At once: a client that has had enough kills this process.
    private void Write(Entry entry)
    {
        lock (_gate)
            File.AppendAllText(transcript, $"{entry}\n");
    }
}
