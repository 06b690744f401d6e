using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Multiprocessing.Memory;
using Multiprocessing.Queues;

namespace Multiprocessing;

/// <summary>
/// One end of a <see cref="ProcessPipe"/>. Sent to a worker, alone or in other data, it is the same end there. Thread-safe and process-safe: if more than one receive at the same end, each item goes to one of them.
/// </summary>
/// <typeparam name="TSend">The type of what is sent here: whatever can be sent to another process. Each item is copied when it is sent.</typeparam>
/// <typeparam name="TReceive">The type of what is received here.</typeparam>
/// <remarks>
/// An item is in the pipe as soon as <see cref="Send"/> has returned, which never waits for a receiver. What was sent before its end is received after it: after <see cref="Dispose"/> as long as the process lives, and from a worker also after that has ended.
/// <para>An end is closed when all processes that have it have disposed of it or ended, in whichever way: a worker has it until its call ends. The process that made the pipe and gave an end away need not dispose of that, unless it has used it itself. (An end that goes by way of a queue
/// is nobody's on the way: keep it until it has arrived.)</para>
/// <para>The pipe belongs to the process that made it, or received it from the worker that did. When that process ends, it is over.</para>
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class ProcessPipeEnd<TSend, TReceive> : IDisposable
{
    private readonly ProcessQueue<TSend> _outgoing;
    private readonly ProcessQueue<TReceive> _incoming;
    private readonly PipeHold _hold;
    private readonly PipeWatch _otherEnd;
    private readonly QueueHandle _handle;

    internal ProcessPipeEnd(ProcessQueue<TSend> outgoing, ProcessQueue<TReceive> incoming, PipeHold hold, PipeWatch otherEnd)
    {
        _outgoing = outgoing;
        _incoming = incoming;
        _hold = hold;
        _otherEnd = otherEnd;
        _handle = new QueueHandle(this);
    }

    internal bool IsDisposed => _handle.HasEnded;

    /// <summary>How many items can be received now.</summary>
    internal int Waiting => _incoming.Count;

    /// <summary>Whether the other end is closed.</summary>
    internal bool IsOtherEndClosed => _otherEnd.IsGone;

    internal static string Title => $"ProcessPipeEnd<{typeof(TSend).Name}, {typeof(TReceive).Name}>";

    /// <summary>Sends an item to the other end.</summary>
    /// <param name="item">The item. A copy of it is made here; later changes do not reach it.</param>
    /// <exception cref="IOException">The other end is closed, so that nobody would receive it; or there is no room for it, neither in memory nor in the temp folder. That a process at the other end was killed is noticed within a twentieth of a second.</exception>
    /// <exception cref="NotShippableException">The item cannot go to another process.</exception>
    /// <exception cref="ObjectDisposedException">This end has been disposed of.</exception>
    public void Send(TSend item)
    {
        BeginUse();
        if (_otherEnd.IsGone)
        {
            throw Broken(null);
        }

        try
        {
            ItemCodec<TSend>.TryEnqueue(_outgoing.Core, item, new QueueCall(_handle, WaitDeadline.Never));
        }
        catch (ObjectDisposedException e) when (!_handle.HasEnded)
        {
            throw Broken(e);
        }
    }

    /// <summary>Receives the next item from the other end, waiting for one as long as it takes.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The item: a copy of what was sent.</returns>
    /// <exception cref="EndOfStreamException">The other end is closed, and everything that was sent there has been received.</exception>
    /// <exception cref="InvalidDataException">The item could not be rebuilt in this process. It is not in the pipe any more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">This end has been disposed of.</exception>
    public TReceive Receive(CancellationToken cancellationToken = default)
    {
        TryTake(out TReceive item, WaitDeadline.Never, cancellationToken);
        return item;
    }

    /// <summary>Receives the next item from the other end, waiting for one as long as it takes, without blocking a thread meanwhile.</summary>
    /// <inheritdoc cref="Receive"/>
    public async Task<TReceive> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (TryTake(out TReceive item, default, cancellationToken))
            {
                return item;
            }

            try
            {
                await _incoming.Core.WaitAsync(QueueAim.Item, Call(WaitDeadline.Never, cancellationToken)).ConfigureAwait(false);
            }
            catch (Exception e) when (IsEnd(e))
            {
                throw Ended(e);
            }
        }
    }

    /// <summary>Receives the next item from the other end if there is one.</summary>
    /// <param name="item">The item: a copy of what was sent.</param>
    /// <returns>Whether there was one. If the other end is closed and everything has been received, there is none, which <see cref="Poll()"/> and <see cref="Receive"/> tell apart from one that is yet to come.</returns>
    /// <exception cref="InvalidDataException">The item could not be rebuilt in this process. It is not in the pipe any more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">This end has been disposed of.</exception>
    public bool TryReceive([MaybeNullWhen(false)] out TReceive item) => TryReceive(out item, TimeSpan.Zero);

    /// <summary>Receives the next item from the other end if there is one in time.</summary>
    /// <param name="item">The item: a copy of what was sent.</param>
    /// <param name="timeout">The longest time to wait for one; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False if the time is up, and as soon as the other end is closed and everything has been received.</returns>
    /// <inheritdoc cref="TryReceive(out TReceive)" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool TryReceive([MaybeNullWhen(false)] out TReceive item, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        TryTakeOrEnd(out item, new WaitDeadline(timeout), cancellationToken);

    /// <summary>Receives items until the other end is closed, waiting for each.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The items that this enumeration receives.</returns>
    /// <exception cref="InvalidDataException">An item could not be rebuilt in this process. It is not in the pipe any more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">This end has been disposed of.</exception>
    public IEnumerable<TReceive> ReceiveAll(CancellationToken cancellationToken = default)
    {
        while (TryTakeOrEnd(out TReceive? item, WaitDeadline.Never, cancellationToken))
        {
            yield return item;
        }
    }

    /// <summary>Receives items until the other end is closed, waiting for each without blocking a thread.</summary>
    /// <inheritdoc cref="ReceiveAll"/>
    public async IAsyncEnumerable<TReceive> ReceiveAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await NextAsync().ConfigureAwait(false) is (true, var item))
        {
            yield return item;
        }

        async Task<(bool HasReceived, TReceive Item)> NextAsync()
        {
            try
            {
                return (true, await ReceiveAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (EndOfStreamException)
            {
                return default;
            }
        }
    }

    /// <summary>Tells whether <see cref="Receive"/> would not wait now: there is an item, or the other end is closed.</summary>
    /// <returns>Whether that is so.</returns>
    /// <exception cref="ObjectDisposedException">This end has been disposed of.</exception>
    public bool Poll() => Poll(TimeSpan.Zero);

    /// <summary>Waits until <see cref="Receive"/> would not wait: there is an item, or the other end is closed.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False if the time is up.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">This end has been disposed of.</exception>
    public bool Poll(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        BeginUse();
        try
        {
            return _incoming.Core.WaitFor(QueueAim.Item, Call(new WaitDeadline(timeout), cancellationToken)) || _otherEnd.IsGone;
        }
        catch (Exception e) when (IsEnd(e))
        {
            return true;
        }
    }

    /// <summary>
    /// Ends the use of this object. When all processes that have this end have done so, or ended, the other end receives what is still in the pipe, and then its end.
    /// </summary>
    public void Dispose()
    {
        if (_handle.TryEnd())
        {
            _hold.Dispose();
            _incoming.Core.WakeAll();
            _outgoing.Core.WakeAll();
            _incoming.Dispose();
            _ = EndSendingAsync();
        }
    }

    /// <summary>The type, and how many items can be received.</summary>
    public override string ToString() => $"{Title}: {(IsDisposed ? "disposed" : $"{Waiting} to receive{(_otherEnd.IsGone ? ", other end closed" : "")}")}";

    private static IOException Broken(Exception? cause) => new("The other end of the pipe is closed: everybody who had it has disposed of it or ended, and nobody would receive this.", cause);

    private static EndOfStreamException Ended(Exception? cause) => new("The other end of the pipe is closed: everybody who had it has disposed of it or ended, and everything that was sent there has been received.", cause);

    /// <summary>Whether it says that the other end is closed: nobody has it, or with the last one who had it the pipe has gone.</summary>
    private bool IsEnd(Exception e) => e is EndOfStreamException || (e is ObjectDisposedException && !_handle.HasEnded);

    private void BeginUse()
    {
        _handle.ThrowIfEnded();
        _hold.NoteUse();
    }

    private QueueCall Call(WaitDeadline deadline, CancellationToken cancellationToken) => new(_handle, deadline, cancellationToken) { OtherEnd = _otherEnd };

    /// <summary>Takes an item, if there is one in time and before the end.</summary>
    private bool TryTakeOrEnd([MaybeNullWhen(false)] out TReceive item, WaitDeadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            return TryTake(out item, deadline, cancellationToken);
        }
        catch (EndOfStreamException)
        {
            item = default;
            return false;
        }
    }

    /// <exception cref="EndOfStreamException">There is none, and none will come, which is noticed by one that waits.</exception>
    private bool TryTake(out TReceive item, WaitDeadline deadline, CancellationToken cancellationToken)
    {
        BeginUse();
        try
        {
            return ItemCodec<TReceive>.Dequeue(_incoming.Core, out item, Call(deadline, cancellationToken)) == DequeueResult.Item;
        }
        catch (Exception e) when (IsEnd(e))
        {
            throw Ended(e);
        }
    }

    /// <summary>Keeps what was sent until it has been received, or nobody is there who could.</summary>
    private async Task EndSendingAsync()
    {
        try
        {
            QueueCore core = _outgoing.Core;
            if (!core.IsEmpty && !_otherEnd.IsGone)
            {
                await core.WaitAsync(QueueAim.Idle, () => core.IsEmpty || _otherEnd.IsGone, new QueueCall(_handle, WaitDeadline.Never)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The notebook cell was stopped.
        }

        _outgoing.Dispose();
        _otherEnd.Dispose();
    }
}
