using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Connections.Output;

namespace Multiprocessing.Pools;

/// <summary>A function without inputs that a pool runs once, and that somebody awaits. <see cref="AwaitedCalls"/> runs it.</summary>
internal sealed class AwaitedCall : SingleCall
{
    private readonly TaskCompletionSource<object?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ExecutionContext? _home = ExecutionContext.Capture();
    private readonly Cancellation _cancellation;
    private readonly CancellationRegistration _cancelling;
    private bool _isTaken;

    /// <exception cref="NotShippableException">The function needs something that cannot go.</exception>
    public AwaitedCall(WorkerSet workers, Call call, Cancellation cancellation)
        : base(workers, call, isAwaited: true)
    {
        _cancellation = cancellation;

        // As long as it waits, nobody else looks.
        _cancelling = cancellation.Register(static call => ((AwaitedCall)call!).Cancel(), this);
    }

    /// <summary>The result, when what the function printed has been shown.</summary>
    public Task<object?> Completion => _completion.Task;

    /// <summary>Runs it, unless it was cancelled while it waited.</summary>
    public void Run()
    {
        _cancelling.Unregister();
        if (Interlocked.Exchange(ref _isTaken, true))
        {
            return;
        }

        try
        {
            Run(_cancellation);
        }
        catch (OperationCanceledException) when (_cancellation.IsRequested)
        {
            _completion.TrySetCanceled(_cancellation.Cause);
        }
#pragma warning disable CA1031 // The root of a thread: whatever goes wrong, whoever awaits the call is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _completion.TrySetException(e);
        }
    }

    /// <inheritdoc/>
    protected override OutputWait BeginOutput(PoolWorker worker) =>
        Host.Output.Begin(new OutputWait(Host.Output, worker.Connection, _home, _cancellation.Stop, inBackground: true));

    /// <inheritdoc/>
    protected override void EndOutput(OutputWait output)
    {
        // The thread runs other calls, too, and waits for nobody's console.
        bool isOver = IsFinished;
        output.Dispose(() =>
        {
            if (isOver)
            {
                Complete();
            }
        });
    }

    private void Complete()
    {
        if (Error is null)
        {
            _completion.TrySetResult(Result);
        }
        else
        {
            _completion.TrySetException(Error);
        }
    }

    private void Cancel()
    {
        if (!Interlocked.Exchange(ref _isTaken, true))
        {
            _completion.TrySetCanceled(_cancellation.Cause);
            Record?.End(new OperationCanceledException(_cancellation.Cause));
        }
    }
}
