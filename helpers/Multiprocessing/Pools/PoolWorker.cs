using System.Diagnostics;
using System.Globalization;
using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Connections.Output;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools;

/// <summary>
/// A worker of a pool, seen from the parent: what it was given, how far it is, and what is taken back from it. Belongs to one call at a time: for one thread at a time, except for what says otherwise.
/// </summary>
internal sealed class PoolWorker : IConnectionUser
{
    /// <summary>After so long with one input, those behind it are better off with another worker.</summary>
    public static readonly TimeSpan LongTask = TimeSpan.FromMilliseconds(2);

    private readonly CallEvent _wakeup;
    private readonly long _mostMemory;
    private readonly Invocation? _initialization;
    private readonly Queue<Batch> _batches = new();
    private readonly PayloadWriter _payload = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The calls whose functions it has.</summary>
    private readonly List<int> _calls = [];

    /// <summary>Those that it is to forget. Locked by itself: the end of a call is seen to by other threads.</summary>
    private readonly List<int> _endedCalls = [];
    private readonly CallLeases _leases;
    private OutputWait? _output;
    private long _given;
    private long _lastMove;
    private bool _isRelieved;
    private volatile bool _isEnding;
    private volatile bool _endsWithPool;
    private volatile bool _hasEnded;
    private volatile bool _isReady;

    /// <summary>Takes a worker for a pool.</summary>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go.</exception>
    /// <param name="host">Where it comes from.</param>
    /// <param name="wakeup">The pool's event.</param>
    /// <param name="settings">What the pool is like.</param>
    /// <param name="number">Its number among the workers of the pool.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The system does not let it run when and where it is to.</exception>
    public PoolWorker(WorkerHost host, CallEvent wakeup, PoolSettings settings, int number)
    {
        _wakeup = wakeup;
        _mostMemory = settings.MostMemory ?? long.MaxValue;
        TasksLeft = settings.MostTasks ?? long.MaxValue;
        Connection = host.Stock.Take(settings.ProcessorsPerWorker);
        _leases = new CallLeases(Connection.ProcessId);
        bool isMarked = false;
        try
        {
            if (settings.Initializer is { } initializer)
            {
                _initialization = new Invocation(Call.Of(initializer), host, id: 0, attach: false, role: CallRole.Initializer, surroundings: settings.Surroundings);
            }

            if (settings.Scheduling is { } scheduling)
            {
                isMarked = true;
                scheduling.Apply(Connection.ProcessId);
            }

            if (settings.MostMemory is not null)
            {
                Volatile.Write(ref Connection.Memory.State.Parent.WatchesMemory, 1);
                isMarked = true;
            }

            Connection.Take(this, string.Create(CultureInfo.InvariantCulture, $"{settings.Name}.{number}"), settings.Size);
            if (_initialization is not null)
            {
                _leases.Begin(call: 0, _initialization.Shipment);
                Connection.Function = settings.Initializer;
                Connection.Send(_initialization.Post);
            }
        }
        catch
        {
            EndLeases();
            if (isMarked)
            {
                // Nobody else wants it as it is.
                Connection.Dismiss();
            }
            else
            {
                host.Stock.Return(Connection);
            }

            throw;
        }

        host.Live.Add(Connection);
        Connection.Closed.ContinueWith(_ => EndLeases(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>The way to it.</summary>
    public WorkerConnection Connection { get; }

    /// <summary>Whether the process has ended. What it has said before can still be received. Thread-safe.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Why it has ended; null if it was to. Thread-safe.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Whether the worker has said that it takes calls and the initializer has run. Thread-safe.</summary>
    public bool IsReady => _isReady;

    /// <summary>Ends when it is ready; fails if it has ended before that. Thread-safe.</summary>
    public Task Ready => _ready.Task;

    /// <summary>How many inputs it may still be given.</summary>
    public long TasksLeft { get; private set; }

    /// <summary>Whether it may be given more at all; if not, it is replaced when it is done with what it has.</summary>
    public bool TakesMore => TasksLeft > 0 && (_mostMemory == long.MaxValue || Volatile.Read(ref Connection.Memory.State.Worker.ResidentMemory) <= _mostMemory);

    /// <summary>The batches that it has not answered, or not whole, in the order in which it was given them. All are of the call that it is lent to.</summary>
    public IReadOnlyCollection<Batch> Batches => _batches;

    /// <summary>Whether it has more than it is at.</summary>
    public bool HasSpare => Connection.Memory.IsUnlimited && _batches.TryPeek(out Batch? first) && (_batches.Count > 1 || first.Count - first.Answered > 1);

    /// <summary>Whether it can take batches behind those that it has: not while it is at what is left of those from which some were taken back.</summary>
    public bool IsOpen => _batches.Count == 0 || Connection.Memory.IsUnlimited;

    /// <inheritdoc/>
    public bool IsAtWork => !_isEnding;

    /// <summary>Whether it has not ended, or if so, as it was to: after its last input, or with its pool.</summary>
    private bool EndsWell => _endsWithPool || !((_hasEnded && Error is not null) || Connection.IsKilled);

    private bool IsInitializing => _initialization is { IsAnswered: false };

    /// <summary>Whether it has taken up anything of a call, if that is the last call that it was given anything of.</summary>
    public bool HasBegun(int call) => Volatile.Read(ref Connection.Memory.State.Worker.CurrentCall) == call;

    /// <summary>Why it has ended, which it has, or is about to.</summary>
    public Exception? AwaitError()
    {
        Connection.Closed.Wait();
        return Error;
    }

    /// <summary>The calling thread sends and receives from now on.</summary>
    /// <param name="output">Where it is shown meanwhile what the worker prints.</param>
    public void Attend(OutputWait output)
    {
        _output = output;
        Connection.Attend(_wakeup.Slot);
    }

    /// <summary>The calling thread does so no more. What the worker has printed has been passed on.</summary>
    /// <returns>Where it was shown.</returns>
    public OutputWait Leave()
    {
        ForgetEnded();
        Connection.FlushOutput();
        Connection.Leave();
        return _output!;
    }

    /// <summary>Gives it what a call needs before a batch, as far as it does not have that.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="function">The function.</param>
    /// <param name="surroundings">The surroundings of the call.</param>
    public void Prepare(int call, Shipment function, EnvironmentSnapshot surroundings)
    {
        ForgetEnded();
        if (_calls.Contains(call))
        {
            return;
        }

        Connection.Channel.PostEnvironment(surroundings);
        Connection.Channel.PostAssemblies(function.Assemblies);
        _leases.Begin(call, function);
        _payload.Clear();
        _payload.WriteInt32(call);
        _payload.WriteBytes(function.Payload.Span);
        Connection.Channel.Post(FrameKind.Function, _payload.Written.Span, function.Attachments);
        _calls.Add(call);
    }

    /// <summary>Gives it a batch.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="payload">What goes.</param>
    /// <param name="shipment">The assemblies that it takes to read that, and the large arrays that go with it.</param>
    public void Give(int call, Batch batch, ReadOnlySpan<byte> payload, Shipment shipment)
    {
        Connection.Channel.PostAssemblies(shipment.Assemblies);
        _leases.Begin(call, shipment);
        Take(batch);
        _given += batch.Count;
        Connection.Channel.Post(FrameKind.Tasks, payload, shipment.Attachments);
    }

    /// <summary>Gives it a function to run once.</summary>
    /// <param name="function">The function.</param>
    /// <param name="call">The number of the call.</param>
    /// <exception cref="NotShippableException">It needs an assembly whose code exists only in this process. It has not been given anything then.</exception>
    public void Give(Invocation function, int call)
    {
        ForgetEnded();
        Connection.Channel.PostAssemblies(function.Shipment.Assemblies);
        _leases.Begin(call, function.Shipment);
        Connection.Function = function.Function;
        Take(new Batch(0, null, 0, 1));
        function.Post(Connection.Channel);
    }

    /// <summary>Takes what it has said about its batches, without waiting.</summary>
    public bool TryReceive(out Frame reply)
    {
        while (Connection.TryReceive(out reply))
        {
            if (!IsInitializing)
            {
                return true;
            }

            Receive(reply);
        }

        return false;
    }

    /// <summary>Notes that it has said what became of inputs.</summary>
    /// <param name="count">How many inputs of the batch that it is at; no more than there are counts.</param>
    /// <returns>The batch.</returns>
    public Batch Answer(int count)
    {
        Batch batch = _batches.Peek();
        batch.Answered = Math.Min(batch.Answered + count, batch.Count);
        _lastMove = Stopwatch.GetTimestamp();
        if (batch.Answered == batch.Count)
        {
            _batches.Dequeue();
        }

        return batch;
    }

    /// <summary>Notes what it has said about its batches when nobody wants to know that any more, but only how much it has still to say.</summary>
    public void Discard(in Frame reply)
    {
        PayloadReader content = new(reply.Payload);
        int answered = 1;
        if (reply.Kind is FrameKind.Results or FrameKind.Cancelled)
        {
            _ = content.ReadInt64();
            answered = content.ReadInt32();
        }
        else if (reply.Kind == FrameKind.Fault && content.ReadInt64() == TaskReplies.WholeCall)
        {
            answered = int.MaxValue;
        }

        TasksLeft += reply.Kind == FrameKind.Cancelled ? answered : 0;
        if (_batches.Count > 0)
        {
            Answer(answered);
        }
    }

    /// <summary>
    /// Takes back the inputs that it will not begin with soon, since it has been at one for long. It is left the next one, which may be under way to it; unless it has not even
    /// started, and then once: not to be sent around among those that have not.
    /// </summary>
    /// <remarks>Ten inputs of 0.2 s that stand in a row among a thousand quick ones take two workers 1.0 s so, and 2.0 s if they stay where they are; twenty take ten workers 0.5 s instead of 4.0.</remarks>
    /// <param name="wholeBatches">Whether a batch that it has begun with is left to it.</param>
    /// <returns>What was taken back: parts of its batches, which are smaller now.</returns>
    public List<Batch> TakeBack(bool wholeBatches)
    {
        List<Batch> taken = [];
        ConnectionMemory memory = Connection.Memory;
        if (!_batches.TryPeek(out Batch? first) || !memory.IsUnlimited || Stopwatch.GetElapsedTime(_lastMove) < LongTask)
        {
            return taken;
        }

        long least = IsReady || _isRelieved ? first.Place + first.Answered + 1 : 0;
        _isRelieved |= !IsReady;
        long Round(long begun) => wholeBatches ? EndOfBatch(Math.Max(begun, least)) : Math.Max(begun, least);
        if (Round(memory.Position.BegunUpTo) >= _given)
        {
            return taken;
        }

        long end = memory.Revoke(Round, _given);
        for (int i = _batches.Count; i > 0; i--)
        {
            Batch batch = _batches.Dequeue();
            int left = (int)Math.Clamp(end - batch.Place, batch.Answered, batch.Count);
            if (left < batch.Count)
            {
                TasksLeft += batch.Count - left;
                taken.Add(batch.Part(left, batch.Count - left, batch.Attempts));
                batch.Count = left;
            }

            if (batch.Count > batch.Answered)
            {
                _batches.Enqueue(batch);
            }
        }

        return taken;
    }

    /// <summary>Has it forget a call that has ended, with all that its function holds: at once, or, if a call attends to it, when that looks. Thread-safe.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="failed">Whether that ended otherwise than by returning.</param>
    public void Forget(int call, bool failed)
    {
        lock (_endedCalls)
        {
            _endedCalls.Add(call);
        }

        // The call may know of an end before it is seen by whoever ends all that the worker has.
        _leases.End(call, failed || !EndsWell);
        if (!_isEnding)
        {
            Connection.TrySend(_ => ForgetEnded());
        }
    }

    /// <summary>Has it end when it is done with its batches.</summary>
    public void End()
    {
        _isEnding = true;
        Connection.Send(static channel => channel.Post(FrameKind.End, [], []));
    }

    /// <summary>Ends it at once, since its pool ends. Thread-safe.</summary>
    /// <param name="silently">Whether nobody wants to read what it has still to say.</param>
    public void EndAtOnce(bool silently = false)
    {
        _endsWithPool |= !_hasEnded && !Connection.IsKilled;
        Connection.Kill(silently);
    }

    /// <inheritdoc/>
    public void OnReady()
    {
        if (_initialization is null)
        {
            BecomeReady();
        }
    }

    /// <inheritdoc/>
    public void Receive(in Frame frame)
    {
        if (!IsInitializing || frame.Kind is not (FrameKind.Result or FrameKind.Fault))
        {
            return;
        }

        _initialization!.Receive(Connection, frame);
        Connection.FlushOutput();
        Connection.Function = null;
        if (_initialization.Error is { } error)
        {
            Error = new WorkerException(error, $"The pool's initializer failed: {error.Message}");
            Connection.Kill();
        }
        else
        {
            BecomeReady();
        }
    }

    /// <inheritdoc/>
    public void OnClosed()
    {
        Error ??= _isEnding ? null : new WorkerDiedException(Connection);
        _hasEnded = true;
        if (!_isReady)
        {
            _ready.TrySetException(Error ?? WorkerSet.Disposed());

            // An exception that nobody waits for is no concern of the finalizer's.
            _ = _ready.Task.Exception;
        }

        _wakeup.Set();
    }

    private void BecomeReady()
    {
        _isReady = true;
        _ready.TrySetResult();
        _wakeup.Set();
    }

    private void Take(Batch batch)
    {
        if (_batches.Count == 0)
        {
            _lastMove = Stopwatch.GetTimestamp();
        }

        batch.Place = _given;
        _batches.Enqueue(batch);
        TasksLeft -= batch.Count;
    }

    private long EndOfBatch(long begun) => _batches.FirstOrDefault(batch => batch.Place < begun && begun <= batch.Place + batch.Count) is { } batch ? batch.Place + batch.Count : begun;

    /// <summary>Nothing of what it was given is used there any more. Well has gone what it had been done with: the initializer, once it is ready, and all of one that has answered its last input.</summary>
    private void EndLeases() => _leases.EndAll(call => !(EndsWell && (call == 0 ? _isReady : _isEnding)));

    private void ForgetEnded()
    {
        int[] ended;
        lock (_endedCalls)
        {
            if (_endedCalls.Count == 0)
            {
                return;
            }

            ended = [.. _endedCalls];
            _endedCalls.Clear();
        }

        foreach (int call in ended)
        {
            if (_calls.Remove(call))
            {
                _payload.Clear();
                _payload.WriteInt32(call);
                Connection.Channel.Post(FrameKind.Forget, _payload.Written.Span, []);
            }
        }
    }
}
