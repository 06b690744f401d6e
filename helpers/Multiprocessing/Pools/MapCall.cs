using System.Diagnostics;
using Multiprocessing.Connections;
using Multiprocessing.Diagnostics;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Code;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools;

/// <summary>A function that a pool runs for many inputs.</summary>
internal sealed class MapCall : PoolCall
{
    /// <summary>So many workers may die while they read an input, or before they have taken up anything.</summary>
    private const int MostAttempts = 3;

    /// <summary>After a death, earlier inputs that are being processed may still fail first; but the error must come soon.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(40);

    private readonly InputSource _source;
    private readonly ResultSink _sink;
    private readonly ChunkSizing _sizing;
    private readonly Shipment _function;
    private readonly Delegate _delegate;
    private readonly EnvironmentSnapshot _surroundings;
    private readonly bool _isAwaited;
    private readonly bool _isCancellable;
    private readonly ProgressReporter? _progress;
    private readonly StreamWindow? _window;
    private readonly Failures _failures = new();
    private readonly Queue<Batch> _again = new();
    private readonly List<Batch> _out = [];
    private readonly PayloadWriter _payload = new();
    private readonly Action<int, Exception> _onRefused;
    private Exception? _refusal;
    private int _refused;
    private long _next;
    private int _done;
    private int _stillborn;
    private long _deadIndex = long.MaxValue;
    private long _deadSince;

    /// <summary>Makes a call; what the function needs is packed now.</summary>
    /// <param name="workers">The pool.</param>
    /// <param name="function">The function.</param>
    /// <param name="source">The inputs.</param>
    /// <param name="sink">Where the results go.</param>
    /// <param name="sizing">How many inputs go together.</param>
    /// <param name="isAwaited">Whether the caller goes on meanwhile, and may change what goes.</param>
    /// <param name="progress">Is told how many inputs are done.</param>
    /// <param name="window">Is told how large inputs and results are.</param>
    /// <exception cref="NotShippableException">The function needs something that cannot go.</exception>
    public MapCall(
        WorkerSet workers, InputFunction function, InputSource source, ResultSink sink, ChunkSizing sizing, bool isAwaited, IProgress<int>? progress, StreamWindow? window = null)
        : base(workers, TelemetryNames.Map, function.Function)
    {
        _surroundings = workers.Settings.Surroundings.Of(Host.TakeEnvironment());
        _source = source;
        _sink = sink;
        _sizing = sizing;
        _progress = progress is null ? null : new ProgressReporter(progress);
        _window = window;
        _isAwaited = isAwaited;
        _isCancellable = function.IsCancellable;
        _onRefused = (i, e) => (_refused, _refusal) = (i, e);
        _delegate = function.Function;
        function.Prepare(workers.Settings.Surroundings.Culture);
        function.Trace = Record?.Trace;
        try
        {
            _function = Shipment.Pack(function, () => GeneratedNames.Describe(function.Function.Method), Host, attach: !isAwaited);
        }
        catch (Exception e)
        {
            Record?.End(e);
            throw;
        }
    }

    protected override bool IsFinished => _sink.IsClosed || IsGivenUp || (_out.Count == 0 && _again.Count == 0 && _source.IsExhausted);

    protected override Exception? Failure => _failures.First;

    protected override bool IsCancellable => _isCancellable;

    protected override bool HasWork => _deadIndex == long.MaxValue && (_again.Count > 0 || _source.HasNext);

    /// <summary>Whether a death has ended it before all inputs are done.</summary>
    private bool IsGivenUp => _deadIndex != long.MaxValue
        && (!_out.Exists(batch => batch.First + batch.Answered < _deadIndex) || Stopwatch.GetElapsedTime(_deadSince) > Grace);

    /// <inheritdoc/>
    /// <exception cref="Exception">Inputs have failed; this is the first in their order. Or what the progress was reported to threw.</exception>
    public override void Run(Cancellation cancellation)
    {
        try
        {
            base.Run(cancellation);
        }
        finally
        {
            _progress?.Wait();
        }

        _failures.ThrowFirst();
        _progress?.ThrowIfFailed();
    }

    protected override bool Feed(PoolWorker worker)
    {
        if (worker.Batches.Count >= _sizing.BatchesAhead || !worker.IsOpen)
        {
            return false;
        }

        while (HasWork)
        {
            Batch batch = Next(worker.TasksLeft);
            _payload.Clear();
            _payload.WriteInt32(Id);
            _payload.WriteInt64(batch.First);
            _payload.WriteInt32(batch.Count);
            _refusal = null;
            Shipment shipment = _source.Write(_payload, batch, Host, attach: !_isAwaited, _onRefused);
            if (_refusal is not null)
            {
                long index = batch.First + _refused;
                Fail(index, new NotShippableException(_refusal, (int)index));
                CountDone(1);
                Again(batch, 0, _refused, batch.Attempts);
                Again(batch, _refused + 1, batch.Count, batch.Attempts);
                continue;
            }

            _window?.RecordInputs(batch.Count, _payload.Written.Length);
            _out.Add(batch);
            worker.Connection.Function = _delegate;
            worker.Prepare(Id, _function, _surroundings);
            worker.Give(Id, batch, _payload.Written.Span, shipment);
            return true;
        }

        return false;
    }

    protected override void Receive(PoolWorker worker, in Frame reply)
    {
        _stillborn = 0;
        PayloadReader content = new(reply.Payload);
        long first = content.ReadInt64();
        if (reply.Kind == FrameKind.Results)
        {
            ReceiveResults(worker, first, content, reply.Attachments);
            return;
        }

        WorkerFault fault = WorkerFault.Read(content);
        WorkerConnection from = worker.Connection;
        if (first == TaskReplies.WholeCall)
        {
            Answered(worker, int.MaxValue);
            throw new WorkerException(fault, from.Name, from.ProcessId, Host);
        }

        Batch batch = Answered(worker, 1);
        Fail(first, new WorkerException(fault, from.Name, from.ProcessId, Host, (int)first, batch.Describe(first)));
        CountDone(1);
    }

    protected override bool TakeBack(PoolWorker worker)
    {
        if (_deadIndex != long.MaxValue)
        {
            return false;
        }

        List<Batch> taken = worker.TakeBack(wholeBatches: _sizing.IsGiven);
        foreach (Batch batch in taken)
        {
            // So that every worker can have some of it.
            int part = _sizing.IsGiven ? batch.Count : Math.Max(batch.Count / _sizing.Workers, 1);
            for (int start = 0; start < batch.Count; start += part)
            {
                Again(batch, start, Math.Min(start + part, batch.Count), batch.Attempts);
            }
        }

        _out.RemoveAll(static batch => batch.Answered == batch.Count);
        return taken.Count > 0;
    }

    protected override void Lose(PoolWorker worker, Exception error)
    {
        if (!worker.IsReady && (error is WorkerException || ++_stillborn == MostAttempts))
        {
            // The next one would be no better.
            throw error;
        }

        foreach (Batch lost in worker.Batches)
        {
            Lose(worker, lost, worker.Connection.Memory.Position, error);
        }
    }

    /// <summary>
    /// An input that has begun, and of which there is no result, fails: it never runs twice. What had not begun is begun elsewhere, however often. But what several workers
    /// have died of while they read it is not tried for ever, nor a call of which no worker lives to take up anything.
    /// </summary>
    private void Lose(PoolWorker worker, Batch batch, WorkerPosition position, Exception error)
    {
        _out.Remove(batch);
        int reached = (int)Math.Clamp(position.Place - batch.Place, batch.Answered, batch.Count);
        bool isAtIt = position.Place == batch.Place + reached && reached < batch.Count;
        bool wasRead = isAtIt && position.Step == WorkerStep.Reading;
        bool hasBegun = worker.HasBegun(Id);
        int attempts = batch.Attempts + (wasRead || !hasBegun ? 1 : 0);
        if (attempts >= MostAttempts && !hasBegun)
        {
            throw error;
        }

        // Results that are lost fail the call where it wants all; then the input to name is still the one that the worker died of.
        bool diedOfIt = isAtIt && (position.Step == WorkerStep.Running || (wasRead && attempts >= MostAttempts));
        int victim = !TryRecover(worker, batch, reached) && !(diedOfIt && _sink.WantsAll) ? batch.Answered
            : diedOfIt ? reached
            : -1;
        if (victim >= 0)
        {
            Again(batch, victim + 1, batch.Count, batch.Attempts);
            Kill(batch, batch.First + victim, error);
            CountDone(1);
        }
        else if (wasRead)
        {
            // One by one, so that it turns out of which.
            for (int i = reached; i < batch.Count; i++)
            {
                Again(batch, i, i + 1, attempts);
            }
        }
        else
        {
            Again(batch, reached, batch.Count, attempts);
        }
    }

    /// <summary>An input has cost its worker its life.</summary>
    private void Kill(Batch batch, long index, Exception error)
    {
        Fail(index, error is WorkerDiedException death ? new WorkerDiedException(death, (int)index, batch.Describe(index)) : error);
        if (_sink.WantsAll)
        {
            _deadIndex = Math.Min(_deadIndex, index);
            _deadSince = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Takes the results that a worker had, but had not sent when it died, from its journal.</summary>
    /// <returns>False if they have gone with it.</returns>
    private bool TryRecover(PoolWorker worker, Batch batch, int reached)
    {
        ConnectionMemory memory = worker.Connection.Memory;
        int size = _sink.JournalSize;
        int count = reached - batch.Answered;
        long first = batch.First + batch.Answered;
        long start = first - Volatile.Read(ref memory.State.Worker.JournalFirst);
        if (count > 0 && (size == 0 || start < 0 || (start + count) * size > memory.Journal.Length))
        {
            return false;
        }

        // One by one: a reduction had not been made of them.
        for (int i = 0; i < count; i++)
        {
            _sink.Accept(first + i, 1, new PayloadReader(memory.Journal.Slice((int)(start + i) * size, size).ToArray()), attachments: null, Host);
        }

        if (count > 0)
        {
            CountDone(count);
        }

        return true;
    }

    private Batch Next(long most)
    {
        if (!_again.TryDequeue(out Batch? batch))
        {
            batch = _source.Take(_next, (int)Math.Min(_sizing.Next(_source.Remaining), most));
            _next += batch.Count;
        }
        else if (batch.Count > most)
        {
            Again(batch, (int)most, batch.Count, batch.Attempts);
            batch = batch.Part(0, (int)most, batch.Attempts);
        }

        return batch;
    }

    private Batch Answered(PoolWorker worker, int count)
    {
        Batch batch = worker.Answer(count);
        if (batch.Answered == batch.Count)
        {
            _out.Remove(batch);
        }

        return batch;
    }

    private void ReceiveResults(PoolWorker worker, long first, PayloadReader content, IAttachmentSource? attachments)
    {
        int count = content.ReadInt32();
        _sizing.Record(count, content.ReadInt64());
        Batch batch = Answered(worker, count);
        _window?.RecordResults(count, content.Rest.Length + (attachments?.Remaining ?? 0));
        if (_sink.Accept(first, count, content, attachments, Host) is { } errors)
        {
            for (int i = 0; i < errors.Length; i++)
            {
                if (errors[i] is { } error)
                {
                    FailToRebuild(worker, batch, first + i, error);
                }
            }
        }

        CountDone(count);
    }

    private void FailToRebuild(PoolWorker worker, Batch batch, long index, Exception error)
    {
        if (error is WorkerEndedException && AwaitError(worker) is WorkerDiedException death)
        {
            // In the middle of sending it.
            Kill(batch, index, death);
        }
        else
        {
            Fail(index, new WorkerException(error, worker.Connection.Name, worker.Connection.ProcessId, (int)index));
        }
    }

    private void Again(Batch batch, int start, int end, int attempts)
    {
        if (start < end)
        {
            _again.Enqueue(batch.Part(start, end - start, attempts));
        }
    }

    private void CountDone(int inputs)
    {
        _done += inputs;
        _progress?.Report(_done);
    }

    private void Fail(long index, Exception error)
    {
        _failures.Add(index, error);
        _sink.Skip(index);
    }
}
