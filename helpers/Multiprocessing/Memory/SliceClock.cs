namespace Multiprocessing.Memory;

/// <summary>When it is time to look whether others live: once a slice, and one of all that wait, since a look at each costs some ten microseconds.</summary>
internal static class SliceClock
{
    /// <summary>Whether the caller is the one to look now. Thread-safe and process-safe.</summary>
    /// <param name="lookedAt">When somebody last looked (<see cref="Environment.TickCount64"/>, which all processes of a system share).</param>
    public static bool IsTimeToLook(ref long lookedAt)
    {
        long last = Volatile.Read(ref lookedAt);
        long now = Environment.TickCount64;
        return (now < last || now - last >= (long)WaitDeadline.Slice.TotalMilliseconds) && Interlocked.CompareExchange(ref lookedAt, now, last) == last;
    }
}
