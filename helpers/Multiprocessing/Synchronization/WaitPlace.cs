using Multiprocessing.Connections;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Synchronization;

/// <summary>One object's use of something in shared memory for which one waits, until it is disposed of: how to wait, on a thread or without one, and what ends the waiting. Thread-safe.</summary>
/// <param name="owner">The name of its type, as a program knows it.</param>
/// <param name="segment">Where it lies; its user count includes this.</param>
/// <param name="changed">Is set by whoever changes it.</param>
/// <param name="context">The process's.</param>
internal sealed class WaitPlace(string owner, Segment segment, SharedEvent changed, SerializationContext context)
{
    private volatile bool _hasEnded;

    /// <summary>Where it lies; null after the end.</summary>
    public Segment? Segment => _hasEnded ? null : segment;

    public bool HasEnded => _hasEnded;

    /// <summary>Has all that wait look again, in every process.</summary>
    public void NotifyChange() => changed.Set();

    /// <summary>Ends the use. Whoever waits by means of this object gets an <see cref="ObjectDisposedException"/>.</summary>
    public void End()
    {
        if (!Interlocked.Exchange(ref _hasEnded, true))
        {
            changed.Set();
            segment.RemoveUser();
        }
    }

    /// <exception cref="ObjectDisposedException">The use has ended.</exception>
    public void ThrowIfEnded()
    {
        if (_hasEnded)
        {
            throw Ended();
        }
    }

    /// <summary>Waits until it can be passed.</summary>
    /// <param name="tryPass">Passes if that can be done without waiting. Is asked again after each change, and at least once a slice.</param>
    /// <param name="timeout">The longest time; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False if the time is up.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The use has ended.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> makes no sense.</exception>
    public bool Wait(Func<bool> tryPass, TimeSpan timeout, CancellationToken cancellationToken)
    {
        WaitDeadline deadline = new(timeout);
        ThrowIfEnded();
        cancellationToken.ThrowIfCancellationRequested();
        return tryPass() || (!deadline.IsOver && (Spin(tryPass) || Sleep(tryPass, deadline, new Cancellation(cancellationToken, context.Notebook.Stop))));
    }

    /// <summary>Waits until it can be passed, and blocks no thread meanwhile.</summary>
    /// <param name="tryPass">As with <see cref="Wait"/>.</param>
    /// <param name="canPass">Whether it seems that it can be passed. Changes nothing; is asked on a thread that waits for others, too.</param>
    /// <param name="timeout">The longest time; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <inheritdoc cref="Wait" path="/returns"/>
    /// <inheritdoc cref="Wait" path="/exception"/>
    public async Task<bool> WaitAsync(Func<bool> tryPass, Func<bool> canPass, TimeSpan timeout, CancellationToken cancellationToken)
    {
        WaitDeadline deadline = new(timeout);
        ThrowIfEnded();
        cancellationToken.ThrowIfCancellationRequested();
        CancellationToken stop = context.Notebook.Stop;
        while (!tryPass())
        {
            if (deadline.IsOver)
            {
                return false;
            }

            AsyncWait wait = new(changed, () => _hasEnded || canPass(), deadline);
            await segment.Memory.Waiter.WaitAsync(wait, cancellationToken, stop).ConfigureAwait(false);
            ThrowIfEnded();
        }

        return true;
    }

    /// <summary>By the name that the program knows: a place may be a part of the object.</summary>
    private ObjectDisposedException Ended() => new(owner);

    private static bool Spin(Func<bool> tryPass)
    {
        SpinBudget budget = new(SpinBudget.Usual);
        while (budget.Spin())
        {
            if (tryPass())
            {
                return true;
            }
        }

        return false;
    }

    private bool Sleep(Func<bool> tryPass, WaitDeadline deadline, Cancellation cancellation)
    {
        using (cancellation.Register(static place => ((WaitPlace)place!).NotifyChange(), this))
        {
            while (true)
            {
                int ticket = changed.PrepareWait();
                if (tryPass())
                {
                    return true;
                }

                cancellation.ThrowIfRequested();
                ThrowIfEnded();
                if (deadline.IsOver)
                {
                    return false;
                }

                changed.Wait(ticket, deadline.NextSleep);
            }
        }
    }
}
