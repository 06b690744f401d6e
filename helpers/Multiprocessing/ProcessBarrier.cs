using System.Globalization;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Synchronization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// A barrier between processes, at which each participant waits until all have arrived: what <see cref="Barrier"/> is within one. Sent to a worker, alone or in other data, it is the same barrier there. Thread-safe and process-safe.
/// </summary>
/// <remarks>
/// A participant is whoever calls <see cref="SignalAndWait(CancellationToken)"/>; it has no identity. But if a worker that has got the barrier with its call is killed, or its function throws, somebody is missing, and all that wait, now or later, get a
/// <see cref="BrokenBarrierException"/> instead of waiting for ever.
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class ProcessBarrier : IDisposable, ISharedObject
{
    private BarrierCore _core = null!;
    private WaitPlace _place = null!;

    /// <summary>Makes a barrier.</summary>
    /// <param name="participantCount">How many take part: 0 to 32,767.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="participantCount"/> is negative or greater than 32,767.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessBarrier(int participantCount)
        : this(participantCount, WorkerHost.Default)
    {
    }

    internal unsafe ProcessBarrier(int participantCount, SerializationContext context)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(participantCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(participantCount, BarrierWord.MostParticipants);
        ((ISharedObject)this).Attach(context.Memory.Create(sizeof(BarrierState)), context);
        _core.Change(_ => new BarrierWord(0, 0, participantCount));
    }

    /// <summary>How many take part.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public int ParticipantCount => Word.Count;

    /// <summary>How many have still to arrive in this phase.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public int ParticipantsRemaining
    {
        get
        {
            // Read once: it may change in between.
            BarrierWord word = Word;
            return word.Count - word.Arrived;
        }
    }

    /// <summary>How many phases are over.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public long CurrentPhaseNumber => Word.Phase;

    /// <summary>Whether it cannot be passed any more.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool IsBroken => Word.IsBroken;

    internal bool IsDisposed => _place.HasEnded;

    Segment? ISharedObject.Segment => _place.Segment;

    ITracksUsers? ISharedObject.Tracker => _core;

    private BarrierWord Word
    {
        get
        {
            _place.ThrowIfEnded();
            return _core.Word;
        }
    }

    /// <summary>Arrives, and waits until all have.</summary>
    /// <param name="cancellationToken">Ends the waiting; then this participant has not arrived.</param>
    /// <exception cref="BrokenBarrierException">Not all can arrive any more.</exception>
    /// <exception cref="InvalidOperationException">There are no participants.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void SignalAndWait(CancellationToken cancellationToken = default) => SignalAndWait(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Arrives, and waits until all have, or the time is up.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting; then this participant has not arrived.</param>
    /// <returns>False if the time is up; then this participant has not arrived.</returns>
    /// <inheritdoc cref="SignalAndWait(CancellationToken)" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool SignalAndWait(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long phase = Arrive(timeout, cancellationToken);
        try
        {
            return _place.Wait(() => HasPassed(phase), timeout, cancellationToken) || HasPassedAfterAll(phase);
        }
        catch (Exception e) when ((e is OperationCanceledException or ObjectDisposedException) && HasPassedAfterAll(phase))
        {
            return true;
        }
    }

    /// <summary>Arrives, and waits until all have, without blocking a thread.</summary>
    /// <param name="cancellationToken">Ends the waiting; then this participant has not arrived.</param>
    /// <returns>A task that ends when all have arrived.</returns>
    /// <inheritdoc cref="SignalAndWait(CancellationToken)" path="/exception"/>
    public Task SignalAndWaitAsync(CancellationToken cancellationToken = default) => SignalAndWaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Arrives, and waits until all have, or the time is up, without blocking a thread.</summary>
    /// <inheritdoc cref="SignalAndWait(TimeSpan, CancellationToken)"/>
    public async Task<bool> SignalAndWaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long phase = Arrive(timeout, cancellationToken);
        try
        {
            return await _place.WaitAsync(() => HasPassed(phase), () => IsOver(phase), timeout, cancellationToken).ConfigureAwait(false) || HasPassedAfterAll(phase);
        }
        catch (Exception e) when ((e is OperationCanceledException or ObjectDisposedException) && HasPassedAfterAll(phase))
        {
            return true;
        }
    }

    /// <summary>Lets more take part, from this phase on.</summary>
    /// <param name="participantCount">How many more.</param>
    /// <returns>The number of this phase.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="participantCount"/> is not positive, or there would be more than 32,767.</exception>
    /// <exception cref="BrokenBarrierException">The barrier is broken, and stays so.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public long AddParticipants(int participantCount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(participantCount);
        _place.ThrowIfEnded();
        return _core.Change(word => !word.IsBroken && word.Count + (long)participantCount <= BarrierWord.MostParticipants ? word.Resize(participantCount) : null)?.Phase
            ?? throw BrokenOr(new ArgumentOutOfRangeException(nameof(participantCount), participantCount, $"There can be {BarrierWord.MostParticipants} participants at most."));
    }

    /// <summary>Lets fewer take part, from this phase on: if the others have arrived, they go on.</summary>
    /// <param name="participantCount">How many fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="participantCount"/> is not positive, or there are not so many that have still to arrive.</exception>
    /// <exception cref="BrokenBarrierException">The barrier is broken, and stays so.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void RemoveParticipants(int participantCount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(participantCount);
        _place.ThrowIfEnded();
        if (_core.Change(word => !word.IsBroken && word.Count - word.Arrived >= participantCount ? word.Resize(-participantCount) : null) is null)
        {
            throw BrokenOr(new ArgumentOutOfRangeException(nameof(participantCount), participantCount, "Only those can be removed that have still to arrive, and there are not so many."));
        }
    }

    /// <summary>Breaks the barrier, for good: all that wait, now or later and in every process, get a <see cref="BrokenBarrierException"/>.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void Break()
    {
        _place.ThrowIfEnded();
        _core.Break(lost: 0);
    }

    /// <summary>Ends the use of this object. Other processes keep theirs; the barrier itself is gone when the last one is.</summary>
    public void Dispose() => _place.End();

    /// <summary>How many have arrived, and in which phase.</summary>
    public override string ToString()
    {
        BarrierWord word = _core.Word;
        string state = _place.HasEnded ? "disposed" : word.IsBroken ? "broken" : string.Create(CultureInfo.InvariantCulture, $"{word.Arrived} of {word.Count} have arrived, phase {word.Phase}");
        return $"ProcessBarrier: {state}";
    }

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        _core = new BarrierCore(segment);
        _place = new WaitPlace(GetType().FullName!, segment, _core.Changed, context);
    }

    private long Arrive(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _ = new WaitDeadline(timeout);
        _place.ThrowIfEnded();
        cancellationToken.ThrowIfCancellationRequested();
        BarrierWord? before = _core.Change(static word => word.Count > 0 && !word.IsBroken ? word.Arrive() : null);
        return before?.Phase ?? throw BrokenOr(new InvalidOperationException("The barrier has no participants."));
    }

    private bool IsOver(long phase) => _core.Word is var word && (word.Phase != phase || word.IsBroken);

    private bool HasPassed(long phase)
    {
        BarrierWord word = _core.Word;
        return word.Phase != phase || (word.IsBroken ? throw Broken() : false);
    }

    /// <summary>Takes the arrival back; or finds that it is too late for that.</summary>
    private bool HasPassedAfterAll(long phase) => _core.Change(word => word.Phase == phase && !word.IsBroken ? word.Withdraw() : null) is null && _core.Word.Phase != phase;

    /// <summary>Why a change was refused.</summary>
    private Exception BrokenOr(Exception otherwise) => _core.Word.IsBroken ? Broken() : otherwise;

    private BrokenBarrierException Broken() => new($"The barrier is broken: {_core.Cause}.");
}
