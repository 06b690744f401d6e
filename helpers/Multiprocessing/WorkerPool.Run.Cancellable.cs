using System.Runtime.CompilerServices;
using Multiprocessing.Connections.Calls;

namespace Multiprocessing;

/// <content>One call, one worker, its result; the function is told when it shall end.</content>
public sealed partial class WorkerPool
{
    /// <summary>Runs a function in a worker and waits for its result; it is told when it shall end. Shows what it prints.</summary>
    /// <typeparam name="TResult">What the function returns.</typeparam>
    /// <param name="function">
    /// The function. Its token is cancelled when <paramref name="cancellationToken"/> is, and when the notebook cell that makes the call is stopped. If the function ends then, its worker lives on; if it does not within
    /// a second (<see cref="WorkerPoolOptions.CancellationGrace"/>), the worker is ended.
    /// </param>
    /// <param name="cancellationToken">Tells the function to end.</param>
    /// <returns>The result: a copy of what the function returned there.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that makes the call was stopped; and the function has ended, whatever it has returned or thrown, or its worker has been ended, and replaced.</exception>
    /// <inheritdoc cref="Run{TResult}(Func{TResult}, CancellationToken)" path="/exception[not(@cref='T:System.OperationCanceledException')]"/>
    public TResult Run<TResult>(Func<CancellationToken, TResult> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (TResult)Run(Call.Of(function), cancellationToken)!;
    }

    /// <summary>Runs an async function in a worker and waits for its result; it is told when it shall end. Shows what it prints.</summary>
    /// <inheritdoc cref="Run{TResult}(Func{CancellationToken, TResult}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public TResult Run<TResult>(Func<CancellationToken, Task<TResult>> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (TResult)Run(Call.Of(function), cancellationToken)!;
    }

    /// <summary>Runs a function that returns nothing in a worker and waits for its end; it is told when that shall come. Shows what it prints.</summary>
    /// <inheritdoc cref="Run{TResult}(Func{CancellationToken, TResult}, CancellationToken)" path="/param|/exception"/>
    public void Run(Action<CancellationToken> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        Run(Call.Of(function), cancellationToken);
    }

    /// <summary>Runs an async function that returns nothing in a worker and waits for its end; it is told when that shall come. Shows what it prints.</summary>
    /// <inheritdoc cref="Run{TResult}(Func{CancellationToken, TResult}, CancellationToken)" path="/param|/exception"/>
    [OverloadResolutionPriority(1)]
    public void Run(Func<CancellationToken, Task> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        Run(Call.Of(function), cancellationToken);
    }

    /// <summary>Runs a function in a worker as soon as one is free; it is told when it shall end. Shows what it prints.</summary>
    /// <inheritdoc cref="Run{TResult}(Func{CancellationToken, TResult}, CancellationToken)"/>
    /// <returns>A task of the result. The function goes as it is at the call.</returns>
    public async Task<TResult> RunAsync<TResult>(Func<CancellationToken, TResult> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (TResult)(await RunAsync(Call.Of(function), cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Runs an async function in a worker as soon as one is free; it is told when it shall end. Shows what it prints.</summary>
    /// <inheritdoc cref="RunAsync{TResult}(Func{CancellationToken, TResult}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public async Task<TResult> RunAsync<TResult>(Func<CancellationToken, Task<TResult>> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (TResult)(await RunAsync(Call.Of(function), cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Runs a function that returns nothing in a worker as soon as one is free; it is told when it shall end. Shows what it prints.</summary>
    /// <inheritdoc cref="RunAsync{TResult}(Func{CancellationToken, TResult}, CancellationToken)" path="/param|/exception"/>
    /// <returns>A task that ends with the function.</returns>
    public Task RunAsync(Action<CancellationToken> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(Call.Of(function), cancellationToken);
    }

    /// <summary>Runs an async function that returns nothing in a worker as soon as one is free; it is told when it shall end. Shows what it prints.</summary>
    /// <inheritdoc cref="RunAsync(Action{CancellationToken}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task RunAsync(Func<CancellationToken, Task> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(Call.Of(function), cancellationToken);
    }
}
