using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <content>One call, one process, its result.</content>
public sealed partial class WorkerProcess
{
    /// <summary>Runs a function in a process of its own and gives its result. Shows what it prints. Thread-safe.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <returns>The result: a copy of what the function returned there.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    /// <exception cref="NotShippableException">The function needs something that cannot go to another process.</exception>
    /// <exception cref="WorkerException">The function threw an exception, or its result cannot be sent back.</exception>
    /// <exception cref="WorkerDiedException">The process ended before the function did.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that makes the call was stopped; the process has been ended.</exception>
    public static async Task<T> RunAsync<T>(Func<T> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (T)(await RunAsync(Call.Of(function), cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Runs an async function in a process of its own and gives its result. Shows what it prints. Thread-safe.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{T}, CancellationToken)"/>
    public static async Task<T> RunAsync<T>(Func<Task<T>> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (T)(await RunAsync(Call.Of(function), cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Runs a function that returns nothing in a process of its own. Shows what it prints. Thread-safe.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{T}, CancellationToken)" path="/param|/exception"/>
    /// <returns>A task that ends with the function.</returns>
    public static Task RunAsync(Action function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(Call.Of(function), cancellationToken);
    }

    /// <summary>Runs an async function that returns nothing in a process of its own. Shows what it prints. Thread-safe.</summary>
    /// <inheritdoc cref="RunAsync(Action, CancellationToken)"/>
    public static Task RunAsync(Func<Task> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(Call.Of(function), cancellationToken);
    }

    private static async Task<object?> RunAsync(Call call, CancellationToken cancellationToken)
    {
        WorkerHost host = WorkerHost.Default;
        Cancellation cancellation = new(cancellationToken, host.Notebook.Stop);
        cancellation.ThrowIfRequested();

        // Not disposed of: the result need not wait for the process's end, which comes by itself.
        WorkerProcess process = new(host, call);
        process.Start();
        using (host.Output.BeginWait(process._session!.Worker))
        using (cancellation.Register(static session => ((WorkerSession)session!).Kill(), process._session))
        {
            await ((Task)process._session.Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (process._session.Killed)
        {
            cancellation.ThrowIfRequested();
        }

        return await process._session.Completion.ConfigureAwait(false);
    }
}
