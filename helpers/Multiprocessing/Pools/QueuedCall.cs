using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Connections.Output;

namespace Multiprocessing.Pools;

/// <summary>A call without inputs that somebody awaits.</summary>
internal sealed class QueuedCall(WorkerSet workers, Call call, Cancellation cancellation) : IDisposable
{
    private readonly TaskCompletionSource<object?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ExecutionContext? _home = ExecutionContext.Capture();
    private CancellationRegistration _cancelling;
    private OutputWait? _output;
    private volatile PoolWorker? _worker;

    public SingleCall Call { get; } = new(workers, call, isAwaited: true);

    /// <summary>The result.</summary>
    public Task<object?> Completion => _completion.Task;

    /// <summary>Whether nobody wants it any more.</summary>
    public bool IsCancelled => cancellation.IsRequested;

    /// <summary>Has a cancellation end the worker that runs it; one that is not running is found by <paramref name="wake"/>.</summary>
    public void WatchCancellation(Action wake) => _cancelling = cancellation.Register(
        _ =>
        {
            _worker?.Kill(silently: cancellation.Stop.IsCancellationRequested);
            wake();
        },
        null);

    /// <summary>Gives it to a worker.</summary>
    public void Start(PoolWorker worker)
    {
        _output = workers.Host.Output.Begin(new OutputWait(workers.Host.Output, worker.Connection, _home, cancellation.Stop, inBackground: true));
        _worker = worker;
        Call.Feed(worker);
        if (IsCancelled)
        {
            worker.Kill(silently: cancellation.Stop.IsCancellationRequested);
        }
    }

    /// <summary>Takes it from its worker; if it is finished, whoever awaits it is told.</summary>
    public void Stop(PoolWorker worker)
    {
        _worker = null;
        worker.NoteEnd(Call.Id);
        worker.Connection.FlushOutput();
        bool isOver = Call.IsFinished || IsCancelled;

        // The thread that looks after all runs waits for nobody's console.
        _output!.Dispose(() =>
        {
            if (isOver)
            {
                Complete();
            }
        });
    }

    /// <summary>Tells whoever awaits it.</summary>
    public void Complete(Exception? error = null)
    {
        Dispose();
        if (_output is { } output)
        {
            workers.Host.Output.EndWait(output);
        }

        if ((error ?? Call.Error) is { } failure && !IsCancelled)
        {
            _completion.TrySetException(failure);
        }
        else if (Call.IsFinished && Call.Error is null)
        {
            _completion.TrySetResult(Call.Result);
        }
        else
        {
            _completion.TrySetCanceled(cancellation.Cause);
        }
    }

    public void Dispose() => _cancelling.Unregister();
}
