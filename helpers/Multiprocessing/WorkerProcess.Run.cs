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
        return (T)(await RunAsync(WorkerHost.Default, Call.Of(function), cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Runs an async function in a process of its own and gives its result. Shows what it prints. Thread-safe.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{T}, CancellationToken)"/>
    public static async Task<T> RunAsync<T>(Func<Task<T>> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (T)(await RunAsync(WorkerHost.Default, Call.Of(function), cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Runs a function that returns nothing in a process of its own. Shows what it prints. Thread-safe.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{T}, CancellationToken)" path="/param|/exception"/>
    /// <returns>A task that ends with the function.</returns>
    public static Task RunAsync(Action function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(WorkerHost.Default, Call.Of(function), cancellationToken);
    }

    /// <summary>Runs an async function that returns nothing in a process of its own. Shows what it prints. Thread-safe.</summary>
    /// <inheritdoc cref="RunAsync(Action, CancellationToken)"/>
    public static Task RunAsync(Func<Task> function, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(WorkerHost.Default, Call.Of(function), cancellationToken);
    }

#pragma warning disable CA1068 // The token stands where it stands in the overloads above, which are called in the same way.
    /// <summary>Runs a function in a process of its own and gives its result; it is told when it shall end. Shows what it prints. Thread-safe.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="function">The function. Its token is cancelled when <paramref name="cancellationToken"/> is, and when the notebook cell that makes the call is stopped.</param>
    /// <param name="cancellationToken">Tells the function to end; ends the process, if it does not do so in time.</param>
    /// <param name="grace">In what time; one second unless given, and zero for none.</param>
    /// <returns>The result: a copy of what the function returned there.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="grace"/> is negative, or more than 24 days.</exception>
    /// <exception cref="NotShippableException">The function needs something that cannot go to another process.</exception>
    /// <exception cref="WorkerException">The function threw an exception, or its result cannot be sent back.</exception>
    /// <exception cref="WorkerDiedException">The process ended before the function did.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that makes the call was stopped; and the function has ended, whatever it has returned or thrown, or its process has been ended.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, T> function, CancellationToken cancellationToken = default, TimeSpan? grace = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (T)(await RunAsync(WorkerHost.Default, Call.Of(function), grace, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Runs an async function in a process of its own and gives its result; it is told when it shall end. Shows what it prints. Thread-safe.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{CancellationToken, T}, CancellationToken, TimeSpan?)"/>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> function, CancellationToken cancellationToken = default, TimeSpan? grace = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (T)(await RunAsync(WorkerHost.Default, Call.Of(function), grace, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Runs a function that returns nothing in a process of its own; it is told when it shall end. Shows what it prints. Thread-safe.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{CancellationToken, T}, CancellationToken, TimeSpan?)" path="/param|/exception"/>
    /// <returns>A task that ends with the function.</returns>
    public static Task RunAsync(Action<CancellationToken> function, CancellationToken cancellationToken = default, TimeSpan? grace = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(WorkerHost.Default, Call.Of(function), grace, cancellationToken);
    }

    /// <summary>Runs an async function that returns nothing in a process of its own; it is told when it shall end. Shows what it prints. Thread-safe.</summary>
    /// <inheritdoc cref="RunAsync(Action{CancellationToken}, CancellationToken, TimeSpan?)"/>
    public static Task RunAsync(Func<CancellationToken, Task> function, CancellationToken cancellationToken = default, TimeSpan? grace = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(WorkerHost.Default, Call.Of(function), grace, cancellationToken);
    }
#pragma warning restore CA1068

    internal static Task<object?> RunAsync(WorkerHost host, Call call, CancellationToken cancellationToken) => RunAsync(host, call, grace: null, cancellationToken);

    private static async Task<object?> RunAsync(WorkerHost host, Call call, TimeSpan? grace, CancellationToken cancellationToken)
    {
        TimeSpan patience = call.IsCancellable ? grace ?? Cancellation.UsualGrace : TimeSpan.Zero;
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, TimeSpan.Zero, nameof(grace));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patience, Cancellation.LongestGrace, nameof(grace));
        Cancellation cancellation = new(cancellationToken, host.Notebook.Stop);
        cancellation.ThrowIfRequested();

        // Not disposed of: the result need not wait for the process's end, which comes by itself.
        WorkerProcess process = new(host, call);
        process.Start();
        WorkerSession session = process._session!;
        bool isCancelled = false;
        using (host.Output.BeginWait(session.Worker))
        {
            if (patience > TimeSpan.Zero)
            {
                isCancelled = await AwaitAsync(session, cancellation, patience).ConfigureAwait(false);
            }
            else
            {
                using CancellationRegistration registration = cancellation.Register(static session => ((WorkerSession)session!).Kill(), session);
                await ((Task)session.Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        if (isCancelled || session.Killed)
        {
            cancellation.ThrowIfRequested();
        }

        return await session.Completion.ConfigureAwait(false);
    }

    /// <summary>Waits for the end of a function that is told when it shall come.</summary>
    /// <returns>Whether it was told.</returns>
    private static async Task<bool> AwaitAsync(WorkerSession session, Cancellation cancellation, TimeSpan patience)
    {
        Task completion = session.Completion;
        using CancellationTokenSource ending = cancellation.CreateLinkedSource();
        await completion.WaitAsync(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (completion.IsCompleted)
        {
            return false;
        }

        session.Cancel();
        await completion.WaitAsync(patience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!completion.IsCompleted)
        {
            session.Kill(silently: cancellation.Stop.IsCancellationRequested);
            await completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return true;
    }
}
