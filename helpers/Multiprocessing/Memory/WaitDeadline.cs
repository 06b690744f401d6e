using System.Diagnostics;

namespace Multiprocessing.Memory;

/// <summary>Until when a call waits. Made from what the caller gave, which is checked even if there is no need to wait; default: not at all.</summary>
internal readonly struct WaitDeadline
{
    private readonly long _end;

    /// <param name="timeout">The longest time; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> makes no sense.</exception>
    public WaitDeadline(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            _end = long.MaxValue;
            return;
        }

        if (timeout < TimeSpan.Zero || timeout > TimeSpan.FromMilliseconds(int.MaxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A time to wait is not negative, except for Timeout.InfiniteTimeSpan, and at most int.MaxValue ms.");
        }

        _end = timeout == TimeSpan.Zero ? 0 : Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
    }

    private WaitDeadline(long end) => _end = end;

    /// <summary>
    /// The usual longest sleep in shared memory: after that a sleeper looks whether to go on. A killed process could not wake it, and nobody tells that one has been killed; to look twenty times a second
    /// costs next to nothing.
    /// </summary>
    public static TimeSpan Slice { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Without an end.</summary>
    public static WaitDeadline Never => new(long.MaxValue);

    /// <summary>Whether the time is up.</summary>
    public bool IsOver => _end != long.MaxValue && (_end == 0 || Stopwatch.GetTimestamp() >= _end);

    /// <summary>What is left of the time: a timeout as the constructor takes it.</summary>
    public TimeSpan Left => _end == long.MaxValue ? Timeout.InfiniteTimeSpan
        : _end == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)Math.Max(0, _end - Stopwatch.GetTimestamp()) / Stopwatch.Frequency);

    /// <summary>How long to sleep at most before one looks again: what is left of the time, but no more than a <see cref="Slice"/>.</summary>
    public TimeSpan NextSleep
    {
        get
        {
            if (_end is 0 or long.MaxValue)
            {
                return _end == 0 ? TimeSpan.Zero : Slice;
            }

            long left = Math.Max(0, _end - Stopwatch.GetTimestamp());
            return left >= (long)(Slice.TotalSeconds * Stopwatch.Frequency) ? Slice : TimeSpan.FromSeconds((double)left / Stopwatch.Frequency);
        }
    }

    /// <summary>This one, or a <see cref="Slice"/> from now if that is sooner: for who must look after something else in between.</summary>
    public WaitDeadline NextSlice => _end == 0 ? this : new WaitDeadline(Math.Min(_end, Stopwatch.GetTimestamp() + (long)(Slice.TotalSeconds * Stopwatch.Frequency)));
}
