using System.Runtime.CompilerServices;
using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Pools;

namespace Multiprocessing;

/// <content>One call, one worker, its result.</content>
public sealed partial class WorkerPool
{
    /// <summary>Runs a function in a worker and waits for its result. Shows what it prints.</summary>
    /// <typeparam name="TResult">What the function returns.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="cancellationToken">Ends the worker that runs it.</param>
    /// <returns>The result: a copy of what the function returned there.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    /// <exception cref="NotShippableException">The function needs something that cannot go to another process.</exception>
    /// <exception cref="WorkerException">The function threw an exception, or its result cannot be sent back.</exception>
    /// <exception cref="WorkerDiedException">The worker ended before the function did.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that makes the call was stopped; the worker has been ended, and replaced.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    public TResult Run<TResult>(Func<TResult> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (TResult)Run(Call.Of(function), cancellationToken)!;
    }

    /// <summary>Runs an async function in a worker and waits for its result. Shows what it prints.</summary>
    /// <inheritdoc cref="Run{TResult}(Func{TResult}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public TResult Run<TResult>(Func<Task<TResult>> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (TResult)Run(Call.Of(function), cancellationToken)!;
    }

    /// <summary>Runs a function that returns nothing in a worker and waits for its end. Shows what it prints.</summary>
    /// <inheritdoc cref="Run{TResult}(Func{TResult}, CancellationToken)" path="/param|/exception"/>
    public void Run(Action function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        Run(Call.Of(function), cancellationToken);
    }

    /// <summary>Runs an async function that returns nothing in a worker and waits for its end. Shows what it prints.</summary>
    /// <inheritdoc cref="Run{TResult}(Func{TResult}, CancellationToken)" path="/param|/exception"/>
    [OverloadResolutionPriority(1)]
    public void Run(Func<Task> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        Run(Call.Of(function), cancellationToken);
    }

    /// <summary>Runs a function in a worker as soon as one is free. Shows what it prints.</summary>
    /// <inheritdoc cref="Run{TResult}(Func{TResult}, CancellationToken)"/>
    /// <returns>A task of the result. The function goes as it is at the call.</returns>
    public async Task<TResult> RunAsync<TResult>(Func<TResult> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (TResult)(await RunAsync(Call.Of(function), cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Runs an async function in a worker as soon as one is free. Shows what it prints.</summary>
    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (TResult)(await RunAsync(Call.Of(function), cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Runs a function that returns nothing in a worker as soon as one is free. Shows what it prints.</summary>
    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)" path="/param|/exception"/>
    /// <returns>A task that ends with the function.</returns>
    public Task RunAsync(Action function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(Call.Of(function), cancellationToken);
    }

    /// <summary>Runs an async function that returns nothing in a worker as soon as one is free. Shows what it prints.</summary>
    /// <inheritdoc cref="RunAsync(Action, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task RunAsync(Func<Task> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(Call.Of(function), cancellationToken);
    }

    private object? Run(Call call, CancellationToken cancellationToken)
    {
        Cancellation cancellation = Begin(cancellationToken);
        try
        {
            cancellation.ThrowIfRequested();
            SingleCall single = new(_workers, call);
            single.Run(cancellation);
            return single.Error is { } error ? throw error : single.Result;
        }
        finally
        {
            _workers.Exit();
        }
    }

    private Task<object?> RunAsync(Call call, CancellationToken cancellationToken) => Counted(
        cancellation =>
        {
            AwaitedCall awaited = new(_workers, call, cancellation);
            _awaited.Add(awaited);
            return awaited.Completion;
        },
        cancellationToken);
}
