using System.Collections.Concurrent;
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
    /// <summary>How long a cell is kept from ending: a process may flood the pipe.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Stream _pipe;
    private readonly Stream _writeEnd;
    private readonly byte[] _markStart = [0, .. Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"))];
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _marks = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private long _lastMark;

    /// <summary>Reads <paramref name="pipe"/> until the process ends.</summary>
    /// <param name="pipe">The end to read from.</param>
    /// <param name="writeEnd">The end that file descriptor 1 is, too.</param>
    public StrayOutput(Stream pipe, Stream writeEnd)
    {
        _pipe = pipe;
        _writeEnd = writeEnd;
        new Thread(Read) { IsBackground = true, Name = "stray output" }.UnsafeStart();
    }

    private int MarkLength => _markStart.Length + sizeof(long);

    /// <summary>Waits until all that was written before this call has reached its cell. Thread-safe: code of a stopped cell may come back while the next one ends.</summary>
    public void Drain()
    {
        // Bytes leave a pipe in the order in which they came in: when our mark comes out, all before it is out. It has a number, since one that nobody waited for any longer comes out, too.
        StandardStreams.FlushNative();
        long number = Interlocked.Increment(ref _lastMark);
        var isSeen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _marks[number] = isSeen;
        try
        {
            // One at a time: of several threads that are the first to write to a pipe's stream, .NET 10 on Unix takes the descriptor away from all but one, and perhaps from somebody else.
            lock (_writeEnd)
            {
                _writeEnd.Write([.. _markStart, .. BitConverter.GetBytes(number)]);
                _writeEnd.Flush();
            }

            isSeen.Task.Wait(Patience);
        }
        finally
        {
            _marks.TryRemove(number, out _);
        }
    }

    private void Read()
    {
        byte[] buffer = new byte[64 * 1024];
        int held = 0;
        while (_pipe.Read(buffer, held, buffer.Length - held) is var read and > 0)
        {
            var unread = buffer.AsSpan(0, held + read);
            int at;
            while ((at = unread.IndexOf(_markStart)) >= 0 && unread.Length >= at + MarkLength)
            {
                Decode(unread[..at]);
                if (_marks.TryGetValue(BitConverter.ToInt64(unread[(at + _markStart.Length)..]), out var isSeen))
                    isSeen.SetResult();
                unread = unread[(at + MarkLength)..];
            }

            // The last bytes may be the beginning of a mark.
            held = at >= 0 ? unread.Length - at : Math.Min(_markStart.Length - 1, unread.Length);
            while (at < 0 && !unread[^held..].SequenceEqual(_markStart.AsSpan(0, held)))
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
