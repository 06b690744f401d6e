using System.Diagnostics;
using Multiprocessing.Connections;
using Multiprocessing.Pools.Serving;
using Multiprocessing.Pools.Sinks;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Code;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools;

/// <summary>A function that a pool runs for many inputs.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
/// <typeparam name="TResult">The type of the results.</typeparam>
internal sealed class MapCall<T, TResult> : PoolCall
{
    /// <summary>So many workers may die while they read an input, or before they have taken up anything.</summary>
    private const int MostAttempts = 3;

    /// <summary>After a death, earlier inputs that are being processed may still fail first; but the error must come soon.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(40);

    private readonly WorkerHost _host;
    private readonly InputSource<T> _source;
    private readonly ResultSink<TResult> _sink;
    private readonly ChunkSizing _sizing;
    private readonly Shipment _function;
    private readonly Delegate _delegate;
    private readonly EnvironmentSnapshot _surroundings;
    private readonly bool _stopsOnDeath;
    private readonly bool _isAwaited;
    private readonly Action<int>? _progress;
    private readonly StreamWindow? _window;
    private readonly Queue<InputBatch<T>> _again = new();
    private readonly List<Batch> _out = [];
    private readonly PayloadWriter _payload = new();
    private long _next;
    private int _done;
    private int _stillborn;
    private long _deadIndex = long.MaxValue;
    private long _deadSince;

    /// <summary>Makes a call; what the function needs is packed now.</summary>
    /// <param name="workers">Who runs it.</param>
    /// <param name="function">The function.</param>
    /// <param name="source">The inputs.</param>
    /// <param name="sink">Where the results go.</param>
    /// <param name="sizing">How many inputs go together.</param>
    /// <param name="stopsOnDeath">Whether nothing more is to be done once a worker has died.</param>
    /// <param name="isAwaited">Whether the caller goes on meanwhile, and may change what goes.</param>
    /// <param name="progress">Is told how many inputs are done.</param>
    /// <param name="window">Is told how large inputs and results are.</param>
    /// <exception cref="NotShippableException">The function needs something that cannot go.</exception>
    public MapCall(
        WorkerSet workers, InputFunction<T, TResult> function, InputSource<T> source, ResultSink<TResult> sink, ChunkSizing sizing, bool stopsOnDeath, bool isAwaited, Action<int>? progress,
        StreamWindow? window = null)
        : base(workers.CountCall())
    {
        _host = workers.Host;
        _surroundings = _host.TakeEnvironment();
        _source = source;
        _sink = sink;
        _sizing = sizing;
        _stopsOnDeath = stopsOnDeath;
        _progress = progress;
        _window = window;
        _isAwaited = isAwaited;
        _delegate = function.Function;
        _function = Shipment.Pack(function, () => GeneratedNames.Describe(function.Function.Method), _host, attach: !isAwaited);
    }

    /// <summary>The inputs that have failed.</summary>
    public Failures Failures { get; } = new();

    public override bool IsFinished => _sink.IsClosed || IsGivenUp || (_out.Count == 0 && _again.Count == 0 && _source.IsExhausted);

    public override bool HasWork => _deadIndex == long.MaxValue && (_again.Count > 0 || _source.HasNext);

    /// <summary>Whether a death has ended it before all inputs are done.</summary>
    private bool IsGivenUp => _deadIndex != long.MaxValue
        && (!_out.Exists(batch => batch.First + batch.Answered < _deadIndex) || Stopwatch.GetElapsedTime(_deadSince) > Grace);

    public override bool Feed(PoolWorker worker)
    {
        if (worker.Batches.Count >= _sizing.BatchesAhead || !worker.IsOpen)
        {
            return false;
        }

        while (HasWork)
        {
            InputBatch<T> batch = Next(worker.TasksLeft);
            _payload.Clear();
            _payload.WriteInt32(Id);
            _payload.WriteInt64(batch.First);
            _payload.WriteInt32(batch.Count);
            int refused = -1;
            Shipment shipment = TaskData<T>.Write(_payload, batch.Inputs, i => $"input {batch.First + i}", _host, attach: !_isAwaited, (i, e) =>
            {
                refused = i;
                Fail(batch.First + i, new NotShippableException(e, (int)(batch.First + i)));
                CountDone(1);
            });
            if (refused >= 0)
            {
                Again(batch, 0, refused, batch.Attempts);
                Again(batch, refused + 1, batch.Count, batch.Attempts);
                continue;
            }

            _window?.RecordInputs(batch.Count, _payload.Written.Length);
            _out.Add(batch);
            worker.Function = _delegate;
            worker.Prepare(Id, _function, _surroundings);
            worker.Give(batch, _payload.Written.Span, shipment);
            return true;
        }

        return false;
    }

    public override void Receive(PoolWorker worker, in Reply reply)
    {
        InputBatch<T> batch = (InputBatch<T>)reply.Batch;
        _stillborn = 0;
        if (batch.Answered == batch.Count)
        {
            _out.Remove(batch);
        }

        if (reply.Kind == FrameKind.Results)
        {
            _sizing.Record(reply.Count, reply.Elapsed);
            _window?.RecordResults(reply.Count, reply.Content.Rest.Length + (reply.Attachments?.Remaining ?? 0));
            Accept(worker, reply);
        }
        else
        {
            WorkerFault fault = WorkerFault.Read(reply.Content);
            if (reply.First == TaskReplies.WholeCall)
            {
                throw new WorkerException(fault, worker.Name, worker.ProcessId, _host);
            }

            Fail(reply.First, new WorkerException(
                fault, worker.Name, worker.ProcessId, _host, (int)reply.First, InputText.Of(reply.First, batch.Inputs[(int)(reply.First - batch.First)])));
        }

        CountDone(reply.Count);
    }

    public override bool TakeBack(PoolWorker worker) => _deadIndex == long.MaxValue && worker.TakeBack(wholeBatches: _sizing.IsGiven, (lost, end) =>
    {
        InputBatch<T> batch = (InputBatch<T>)lost;
        if (batch.Count == batch.Answered)
        {
            _out.Remove(batch);
        }

        // So that every worker can have some of it.
        int part = _sizing.IsGiven ? end : Math.Max((end - batch.Count) / _sizing.Workers, 1);
        for (int start = batch.Count; start < end; start += part)
        {
            Again(batch, start, Math.Min(start + part, end), batch.Attempts);
        }
    });

    public override void Lose(PoolWorker worker, Exception error)
    {
        if (!worker.IsReady && (error is WorkerException || ++_stillborn == MostAttempts))
        {
            // The next one would be no better.
            throw error;
        }

        foreach (Batch lost in worker.Batches)
        {
            if (lost.Call == Id)
            {
                Lose(worker, (InputBatch<T>)lost, worker.Position, error);
            }
        }
    }

    /// <summary>
    /// An input that has begun, and of which there is no result, fails: it never runs twice. What had not begun is begun elsewhere, however often. But what several workers
    /// have died of while they read it is not tried for ever, nor a call of which no worker lives to take up anything.
    /// </summary>
    private void Lose(PoolWorker worker, InputBatch<T> batch, WorkerPosition position, Exception error)
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

        int victim = !Recover(worker, batch, reached) ? batch.Answered
            : isAtIt && (position.Step == WorkerStep.Running || (wasRead && attempts >= MostAttempts)) ? reached
            : -1;
        if (victim >= 0)
        {
            Again(batch, victim + 1, batch.Count, batch.Attempts);
            Fail(worker, batch, victim, error);
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

    private void Fail(PoolWorker worker, InputBatch<T> batch, int victim, Exception error)
    {
        long index = batch.First + victim;
        Fail(index, error is WorkerDiedException death ? new WorkerDiedException(death, (int)index, InputText.Of(index, batch.Inputs[victim])) : error);
        CountDone(1);
        if (_stopsOnDeath)
        {
            _deadIndex = Math.Min(_deadIndex, index);
            _deadSince = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Takes the results that a worker had, but had not sent when it died.</summary>
    /// <returns>False if they have gone with it.</returns>
    private bool Recover(PoolWorker worker, InputBatch<T> batch, int reached)
    {
        int count = reached - batch.Answered;
        long first = batch.First + batch.Answered;
        if (count == 0)
        {
            return true;
        }

        if (worker.ReadJournal<TResult>(first, count) is not { } results)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            _sink.Accept(first + i, 1, [results[i]]);
        }

        CountDone(count);
        return true;
    }

    private InputBatch<T> Next(long most)
    {
        if (!_again.TryDequeue(out InputBatch<T>? batch))
        {
            ArraySegment<T> inputs = _source.Take((int)Math.Min(_sizing.Next(_source.Remaining), most));
            batch = new InputBatch<T>(Id, _next, inputs);
            _next += inputs.Count;
        }
        else if (batch.Count > most)
        {
            Again(batch, (int)most, batch.Count, batch.Attempts);
            batch = batch.Part(0, (int)most, batch.Attempts);
        }

        return batch;
    }

    private void CountDone(int inputs)
    {
        _done += inputs;
        _progress?.Invoke(_done);
    }

    private void Accept(PoolWorker worker, in Reply reply)
    {
        long first = reply.First;
        InputBatch<T> batch = (InputBatch<T>)reply.Batch;
        int failed = Failures.Count;
        TResult[] results = TaskData<TResult>.Read(reply.Content, _sink.CountOf(reply.Count), _host, reply.Attachments, (i, e) => Fail(
            first + i, DeathDuring(e, worker, batch, first + i) as Exception ?? new WorkerException(e, worker.Name, worker.ProcessId, (int)first + i)));
        if (Failures.Count == failed)
        {
            _sink.Accept(first, reply.Count, results);
        }
    }

    private static WorkerDiedException? DeathDuring(Exception error, PoolWorker worker, InputBatch<T> batch, long index) =>
        error is WorkerEndedException && worker.AwaitError() is WorkerDiedException death
            ? new WorkerDiedException(death, (int)index, InputText.Of(index, batch.Inputs[(int)(index - batch.First)]))
            : null;

    private void Again(InputBatch<T> batch, int start, int end, int attempts)
    {
        if (start < end)
        {
            _again.Enqueue(batch.Part(start, end - start, attempts));
        }
    }

    private void Fail(long index, Exception error)
    {
        Failures.Add(index, error);
        _sink.Skip(index, error);
    }
}
