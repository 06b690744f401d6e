using System.Text;

namespace Multiprocessing.Workers.Output;

/// <summary>Reads a stream of UTF-8 text to its end on a thread of its own.</summary>
internal sealed class TextPump
{
    private readonly Thread _thread;

    public TextPump(Stream stream, Action<ReadOnlySpan<char>> deliver)
    {
        _thread = new Thread(() => Run(stream, deliver), maxStackSize: 256 * 1024) { IsBackground = true, Name = "Worker output" };
        _thread.UnsafeStart();
    }

    /// <summary>Waits until the stream has ended.</summary>
    /// <returns>False if it had not in that time: a process that the worker started may hold it open.</returns>
    public bool Join(TimeSpan limit) => _thread.Join(limit);

    private static void Run(Stream stream, Action<ReadOnlySpan<char>> deliver)
    {
        Decoder decoder = Encoding.UTF8.GetDecoder();
        byte[] bytes = new byte[4096];
        char[] chars = new char[bytes.Length + 1];
        try
        {
            while (stream.Read(bytes) is > 0 and int count)
            {
                int decoded = decoder.GetChars(bytes.AsSpan(0, count), chars, flush: false);
                deliver(chars.AsSpan(0, decoded));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process was killed or its stream closed: the end, too.
        }

        deliver(chars.AsSpan(0, decoder.GetChars([], chars, flush: true)));
    }
}
