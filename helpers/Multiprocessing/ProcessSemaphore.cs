using System.ComponentModel;
using System.Globalization;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Synchronization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// A semaphore between processes: what <see cref="SemaphoreSlim"/> is within one. Sent to a worker, alone or in other data, it is the same semaphore there. Thread-safe and process-safe. Not fair.
/// </summary>
/// <remarks>
/// What <see cref="Wait(CancellationToken)"/> has taken belongs to nobody: any thread of any process may release it, and if nobody does it stays taken, though the process that took it has died. What
/// <see cref="EnterScope"/> has taken is held by the process, which gives it back when it ends, in whichever way. So the one counts things that are passed on, and the other limits how many do something at the same time.
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class ProcessSemaphore : IDisposable, ISharedObject
{
    private SemaphoreCore _core = null!;
    private WaitPlace _place = null!;
    private Func<bool> _tryTake = null!;
    private Func<bool> _tryHold = null!;
    private Func<bool> _canTake = null!;

    /// <summary>Makes a semaphore.</summary>
    /// <param name="initialCount">How many can enter at first.</param>
    /// <param name="maxCount">How many can enter at most.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="initialCount"/> is negative or greater than <paramref name="maxCount"/>, or <paramref name="maxCount"/> is not positive.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessSemaphore(int initialCount, int maxCount = int.MaxValue)
        : this(initialCount, maxCount, WorkerHost.Default)
    {
    }

    internal unsafe ProcessSemaphore(int initialCount, int maxCount, SerializationContext context)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCount);
        ArgumentOutOfRangeException.ThrowIfNegative(initialCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initialCount, maxCount);
        ((ISharedObject)this).Attach(context.Memory.Create(sizeof(SemaphoreState)), context);
        _core.Initialize(initialCount, maxCount);
    }

    /// <summary>How many can enter at this moment.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public int CurrentCount
    {
        get
        {
            _place.ThrowIfEnded();
            return _core.Available;
        }
    }

    internal bool IsDisposed => _place.HasEnded;

    Segment? ISharedObject.Segment => _place.Segment;

    /// <summary>Enters, waiting as long as it takes.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void Wait(CancellationToken cancellationToken = default) => _place.Wait(_tryTake, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Enters if that can be done in time.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False if the time is up.</returns>
    /// <inheritdoc cref="Wait(CancellationToken)" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken = default) => _place.Wait(_tryTake, timeout, cancellationToken);

    /// <summary>Enters, without blocking a thread until then.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when it has entered.</returns>
    /// <inheritdoc cref="Wait(CancellationToken)" path="/exception"/>
    public Task WaitAsync(CancellationToken cancellationToken = default) => WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Enters if that can be done in time, without blocking a thread until then.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False if the time is up.</returns>
    /// <inheritdoc cref="Wait(TimeSpan, CancellationToken)" path="/exception"/>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => _place.WaitAsync(_tryTake, _canTake, timeout, cancellationToken);

    /// <summary>Lets more enter.</summary>
    /// <param name="releaseCount">How many.</param>
    /// <returns>How many could enter before.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="releaseCount"/> is not positive.</exception>
    /// <exception cref="SemaphoreFullException">More could enter then than the most that was given when it was made.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public int Release(int releaseCount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(releaseCount);
        _place.ThrowIfEnded();
        return _core.Release(releaseCount);
    }

    /// <summary>Enters for a block, waiting as long as it takes: <c>using (semaphore.EnterScope()) { … }</c>. If the process ends before the block does, others can enter in its stead.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What leaves at the end of the block, on whichever thread.</returns>
    /// <inheritdoc cref="Wait(CancellationToken)" path="/exception"/>
    public Scope EnterScope(CancellationToken cancellationToken = default)
    {
        _place.Wait(_tryHold, Timeout.InfiniteTimeSpan, cancellationToken);
        return new Scope(_core);
    }

    /// <summary>Enters for a block, without blocking a thread until then: <c>using (await semaphore.EnterScopeAsync()) { … }</c>.</summary>
    /// <inheritdoc cref="EnterScope"/>
    public async Task<Scope> EnterScopeAsync(CancellationToken cancellationToken = default)
    {
        await _place.WaitAsync(_tryHold, _canTake, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        return new Scope(_core);
    }

    /// <summary>Ends the use of this object. Other processes keep theirs; the semaphore itself is gone when the last one is.</summary>
    public void Dispose() => _place.End();

    /// <summary>How many can enter.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ProcessSemaphore: {(_place.HasEnded ? "disposed" : $"{_core.Available} can enter")}");

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        _core = new SemaphoreCore(segment);
        _place = new WaitPlace(GetType().FullName!, segment, _core.Changed, context);
        _tryTake = _core.TryTake;
        _tryHold = _core.TryHold;
        _canTake = _core.CanTake;
    }

    /// <summary>Leaves a <see cref="ProcessSemaphore"/> at the end of a block. Thread-safe.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed class Scope : IDisposable
    {
        private SemaphoreCore? _core;

        internal Scope(SemaphoreCore core) => _core = core;

        /// <summary>Leaves; again, does nothing. The semaphore may be disposed of meanwhile.</summary>
        public void Dispose() => Interlocked.Exchange(ref _core, null)?.Unhold();
    }
}
