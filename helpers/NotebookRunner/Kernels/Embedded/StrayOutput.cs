using System.Text;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// What arrives on the process's file descriptor 1: from native code, from Console.OpenStandardOutput, from processes that
/// inherit it. It is taken for output of the cell that runs.
/// </summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed class StrayOutput
#pragma warning restore CA1001
{
    // A process that floods the pipe must not keep the cell from ending.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Stream _pipe;
    private readonly Stream _writeEnd;
    private readonly byte[] _mark = [0, .. Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")), 0];
    private readonly SemaphoreSlim _markSeen = new(0);
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Reads <paramref name="pipe"/> until the process ends.</summary>
    /// <param name="pipe">The end to read from.</param>
    /// <param name="writeEnd">The end that file descriptor 1 is, too.</param>
    public StrayOutput(Stream pipe, Stream writeEnd)
    {
        _pipe = pipe;
        _writeEnd = writeEnd;
        new Thread(Read) { IsBackground = true, Name = "stray output" }.UnsafeStart();
    }

    /// <summary>Waits until all that was written before this call has reached its cell.</summary>
    public void Drain()
    {
        // Bytes leave a pipe in the order in which they came in: when our mark comes out, all before it is out.
        StandardStreams.FlushNative();
        _writeEnd.Write(_mark);
        _writeEnd.Flush();
        _markSeen.Wait(Patience);
    }

    private void Read()
    {
        byte[] buffer = new byte[64 * 1024];
        int held = 0;
        while (_pipe.Read(buffer, held, buffer.Length - held) is var read and > 0)
        {
            var unread = buffer.AsSpan(0, held + read);
            while (unread.IndexOf(_mark) is var at and >= 0)
            {
                Decode(unread[..at]);
                unread = unread[(at + _mark.Length)..];
                _markSeen.Release();
            }

            // The last bytes may be the beginning of a mark.
            held = Math.Min(_mark.Length - 1, unread.Length);
            while (!unread[^held..].SequenceEqual(_mark.AsSpan(0, held)))
                held--;
            Decode(unread[..^held]);
            unread[^held..].CopyTo(buffer);
        }
    }

    private void Decode(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = new char[_decoder.GetCharCount(bytes, flush: false)];
        _decoder.GetChars(bytes, text, flush: false);
        CellOutput.WriteStray(text.ToString());
    }
}
