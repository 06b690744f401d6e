using System.Runtime.InteropServices;

namespace Multiprocessing.Memory;

/// <summary>Waits on behalf of all that wait asynchronously in a process, whatever for: one thread, as long as somebody does. Thread-safe.</summary>
internal sealed class AsyncWaiter
{
    /// <summary>How long the thread stays after the last one, since the next one often comes soon.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<AsyncWait> _waits = [];

    /// <summary>Set when there is another wait.</summary>
    private readonly SharedEvent _added = MakeEvent();
    private bool _isRunning;

    /// <summary>Waits.</summary>
    /// <param name="wait">What for.</param>
    /// <param name="given">Ends the waiting: the caller's token.</param>
    /// <param name="stop">Ends it, too: the stop of the cell that waits.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task WaitAsync(AsyncWait wait, CancellationToken given, CancellationToken stop)
    {
        Add(wait);
        try
        {
            using CancellationTokenRegistration onGiven = given.UnsafeRegister(Cancel, wait), onStop = stop.UnsafeRegister(Cancel, wait);
            await wait.Task.ConfigureAwait(false);
        }
        finally
        {
            Remove(wait);
        }
    }

    private static void Cancel(object? wait, CancellationToken token) => ((AsyncWait)wait!).TrySetCanceled(token);

    /// <summary>Never freed: a thread may be about to set it.</summary>
    private static unsafe SharedEvent MakeEvent() => new((SharedEventState*)NativeMemory.AllocZeroed((nuint)sizeof(SharedEventState)), null);

    private void Add(AsyncWait wait)
    {
        lock (_gate)
        {
            _waits.Add(wait);
            if (!_isRunning)
            {
                try
                {
                    new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "Multiprocessing waits" }.UnsafeStart();
                }
                catch
                {
                    // No room for one more thread. Whoever waits is told, and the next one tries again: it must not wait for a thread that there is not.
                    _waits.Remove(wait);
                    throw;
                }

                _isRunning = true;
                return;
            }
        }

        _added.Set();
    }

    private void Remove(AsyncWait wait)
    {
        lock (_gate)
        {
            _waits.Remove(wait);
        }
    }

    private void Run()
    {
        List<WatchedWord> words = [];
        HashSet<nint> places = [];
        GrowingPause pause = default;
        while (true)
        {
            int ticket = _added.PrepareWait();
            AsyncWait[] waits = Waits();
            if (waits.Length == 0)
            {
                _added.Wait(ticket, Rest);
                if (TryStop())
                {
                    return;
                }

                continue;
            }

            words.Clear();
            places.Clear();
            words.Add(_added.Watch(ticket));
            TimeSpan limit = WaitDeadline.Slice;
            bool hasAnyEnded = false;
            foreach (AsyncWait wait in waits)
            {
                // Announced before the look: what changes after it wakes this thread.
                if (places.Add(wait.Changed.Place))
                {
                    words.Add(wait.Changed.Watch(wait.Changed.PrepareWait()));
                }

                if (wait.TryEnd())
                {
                    hasAnyEnded = true;
                    Remove(wait);
                }
                else if (wait.NextSleep < limit)
                {
                    limit = wait.NextSleep;
                }
            }

            if (!hasAnyEnded && !Futex.TryWaitAny(CollectionsMarshal.AsSpan(words), limit))
            {
                Thread.Sleep(pause.Next(limit));
            }

            if (hasAnyEnded || HasAnyChanged(words))
            {
                pause.Reset();
            }

            GC.KeepAlive(waits);
        }
    }

    private static bool HasAnyChanged(List<WatchedWord> words)
    {
        foreach (WatchedWord word in words)
        {
            if (!word.IsUnchanged)
            {
                return true;
            }
        }

        return false;
    }

    private AsyncWait[] Waits()
    {
        lock (_gate)
        {
            return [.. _waits];
        }
    }

    /// <summary>Stops if still nobody waits.</summary>
    private bool TryStop()
    {
        lock (_gate)
        {
            _isRunning = _waits.Count > 0;
            return !_isRunning;
        }
    }
}
