using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Synchronization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// An event between processes, which stays set until it is reset: what <see cref="ManualResetEventSlim"/> is within one. Sent to a worker, alone or in other data, it is the same event there. Thread-safe and process-safe.
/// </summary>
/// <remarks>Whoever dies, before or while it waits, leaves nothing behind that others could wait for, but for the <see cref="Set"/> that it has not called.</remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed unsafe class ProcessEvent : IDisposable, ISharedObject
{
    private EventState* _state;
    private WaitPlace _place = null!;
    private Func<bool> _isSet = null!;

    /// <summary>Makes an event.</summary>
    /// <param name="initialState">Whether it is set at first.</param>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessEvent(bool initialState = false)
        : this(initialState, WorkerHost.Default)
    {
    }

    internal ProcessEvent(bool initialState, SerializationContext context)
    {
        ((ISharedObject)this).Attach(context.Memory.Create(sizeof(EventState)), context);
        _state->IsSet = initialState ? 1 : 0;
    }

    /// <summary>Whether it is set, at this moment.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool IsSet
    {
        get
        {
            _place.ThrowIfEnded();
            return IsSetNow();
        }
    }

    internal bool IsDisposed => _place.HasEnded;

    Segment? ISharedObject.Segment => _place.Segment;

    /// <summary>Sets it: all that wait go on, in every process, and nobody waits until it is reset.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void Set()
    {
        _place.ThrowIfEnded();
        Volatile.Write(ref _state->IsSet, 1);
        _place.NotifyChange();
        GC.KeepAlive(this);
    }

    /// <summary>Resets it: who waits from now on waits until it is set again.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void Reset()
    {
        _place.ThrowIfEnded();
        Volatile.Write(ref _state->IsSet, 0);
        GC.KeepAlive(this);
    }

    /// <summary>Waits until it is set.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void Wait(CancellationToken cancellationToken = default) => _place.Wait(_isSet, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits until it is set, or the time is up.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False if the time is up.</returns>
    /// <inheritdoc cref="Wait(CancellationToken)" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken = default) => _place.Wait(_isSet, timeout, cancellationToken);

    /// <summary>Waits until it is set, without blocking a thread.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when it is set.</returns>
    /// <inheritdoc cref="Wait(CancellationToken)" path="/exception"/>
    public Task WaitAsync(CancellationToken cancellationToken = default) => WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits until it is set, or the time is up, without blocking a thread.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False if the time is up.</returns>
    /// <inheritdoc cref="Wait(TimeSpan, CancellationToken)" path="/exception"/>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => _place.WaitAsync(_isSet, _isSet, timeout, cancellationToken);

    /// <summary>Ends the use of this object. Other processes keep theirs; the event itself is gone when the last one is.</summary>
    public void Dispose() => _place.End();

    /// <summary>Whether it is set.</summary>
    public override string ToString() => $"ProcessEvent: {(_place.HasEnded ? "disposed" : IsSetNow() ? "set" : "not set")}";

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        _state = (EventState*)segment.Data;
        _place = new WaitPlace(GetType().FullName!, segment, new SharedEvent(&_state->Changed, segment), context);
        _isSet = IsSetNow;
    }

    private bool IsSetNow()
    {
        bool isSet = Volatile.Read(ref _state->IsSet) != 0;
        GC.KeepAlive(this);
        return isSet;
    }
}
