using System.Threading.Channels;
using NotebookRunner.Jupyter.Wire;

namespace NotebookRunner.Jupyter;

/// <summary>What whoever looks after the kernel may want to know, on standard error. Nobody waits for it to be written: a client that never reads it must not stop the kernel. Thread-safe.</summary>
internal static class KernelLog
{
    private const int MaxWaiting = 100;

    private static readonly Channel<string> Lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Writes a line, unless too many wait.</summary>
    internal static void Write(string line) => Lines.Writer.TryWrite(line);

    /// <summary>Writes that a message has come to which there is no answer.</summary>
    internal static void WriteUnknown(ReceivedMessage message) => Write($"This kernel does not know the message {message.Type} on the {message.Channel} channel.");

    /// <summary>Writes lines as they come, for ever.</summary>
    internal static void Begin() => new Thread(() =>
    {
        while (Lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (Lines.Reader.TryRead(out string? line))
                Console.Error.WriteLine(line);
        }
    }) { IsBackground = true, Name = "log" }.UnsafeStart();
}
