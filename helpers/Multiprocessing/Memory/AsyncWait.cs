namespace Multiprocessing.Memory;

/// <summary>A wait that blocks no thread of its own: until something in shared memory is as it should be, or the time is up. An <see cref="AsyncWaiter"/> looks after it.</summary>
/// <param name="changed">Is set when it may have changed.</param>
/// <param name="isReady">Tells whether to end the wait. Is asked on the waiter's thread, often, and at least once a slice; if it throws, the wait fails.</param>
/// <param name="deadline">Until when to wait.</param>
internal sealed class AsyncWait(SharedEvent changed, Func<bool> isReady, WaitDeadline deadline)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public TimeSpan NextSleep => deadline.NextSleep;

    /// <summary>What is set when it may have changed.</summary>
    public SharedEvent Changed => changed;

    /// <summary>Ends the wait if it is time to.</summary>
    /// <returns>Whether it has ended.</returns>
    public bool TryEnd()
    {
        try
        {
            if (!isReady() && !deadline.IsOver)
            {
                return Task.IsCompleted;
            }

            TrySetResult();
        }
#pragma warning disable CA1031 // Whoever waits is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            TrySetException(e);
        }

        return true;
    }
}
