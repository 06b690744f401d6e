using System.Runtime.CompilerServices;
using Multiprocessing.Workers.Serving;
using Nothing = byte;

namespace Multiprocessing;

/// <content>A function for many inputs, which is told when it shall end.</content>
public sealed partial class WorkerPool
{
    /// <summary>Runs a function for each input in the workers and waits for all results; it is told when it shall end. Shows what it prints.</summary>
    /// <typeparam name="T">The type of the inputs.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="function">
    /// The function. An async one is awaited in the worker before the worker takes the next input. Its token is cancelled when the call is, and when the call ends early for another reason: a worker has died, the notebook
    /// cell is stopped, nobody reads the results any more. Workers whose function ends then live on; those whose function does not within a second (<see cref="WorkerPoolOptions.CancellationGrace"/>) are ended.
    /// </param>
    /// <param name="source">The inputs; read to the end before the first one is processed.</param>
    /// <param name="chunkSize">How many inputs go to a worker together, and stay with the one that has begun with them; found by measuring unless given.</param>
    /// <param name="progress">Is told how many inputs are done: ever more, and at the end all.</param>
    /// <param name="cancellationToken">Tells the functions that run to end; no other is begun.</param>
    /// <returns>The results, in the order of the inputs.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that makes the call was stopped; and the functions have ended, whatever they have returned or thrown, or their workers have been ended, and replaced.</exception>
    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)" path="/exception[not(@cref='T:System.OperationCanceledException')]"/>
    public TResult[] Map<T, TResult>(
        Func<T, CancellationToken, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Map<T, TResult>(new CancellableFunction<T, TResult>(function), source, chunkSize, progress, cancellationToken);
    }

    /// <inheritdoc cref="Map{T, TResult}(Func{T, CancellationToken, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public TResult[] Map<T, TResult>(
        Func<T, CancellationToken, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Map<T, TResult>(new CancellableFunction<T, TResult>(function), source, chunkSize, progress, cancellationToken);
    }

    /// <summary>Runs a function for each input in the workers; it is told when it shall end. Shows what it prints.</summary>
    /// <inheritdoc cref="Map{T, TResult}(Func{T, CancellationToken, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/>
    /// <returns>A task of the results, in the order of the inputs. The function and the inputs go as they are at the call.</returns>
    public Task<TResult[]> MapAsync<T, TResult>(
        Func<T, CancellationToken, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return MapAsync<T, TResult>(new CancellableFunction<T, TResult>(function), source, chunkSize, progress, cancellationToken);
    }

    /// <inheritdoc cref="MapAsync{T, TResult}(Func{T, CancellationToken, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> MapAsync<T, TResult>(
        Func<T, CancellationToken, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return MapAsync<T, TResult>(new CancellableFunction<T, TResult>(function), source, chunkSize, progress, cancellationToken);
    }

    /// <inheritdoc cref="MapReduce{T, TResult}(Func{T, TResult}, Func{TResult, TResult, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/>
    /// <remarks>The function has a token, as <see cref="Map{T, TResult}(Func{T, CancellationToken, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/> says.</remarks>
    public TResult MapReduce<T, TResult>(
        Func<T, CancellationToken, TResult> map, Func<TResult, TResult, TResult> reduce, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(reduce);
        return MapReduce<T, TResult>(new CancellableFunction<T, TResult>(map, reduce), reduce, source, chunkSize, progress, cancellationToken);
    }

    /// <inheritdoc cref="ForEach{T}(Action{T}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/>
    /// <remarks>The action has a token, as <see cref="Map{T, TResult}(Func{T, CancellationToken, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/> says.</remarks>
    public void ForEach<T>(
        Action<T, CancellationToken> action, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        Map<T, Nothing>(new CancellableFunction<T, Nothing>(action), source, chunkSize, progress, cancellationToken);
    }

    /// <inheritdoc cref="ForEach{T}(Action{T, CancellationToken}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public void ForEach<T>(
        Func<T, CancellationToken, Task> action, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        Map<T, Nothing>(new CancellableFunction<T, Nothing>(action), source, chunkSize, progress, cancellationToken);
    }

    /// <inheritdoc cref="MapOrdered{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    /// <remarks>The function has a token, as <see cref="Map{T, TResult}(Func{T, CancellationToken, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/> says.</remarks>
    public IAsyncEnumerable<TResult> MapOrdered<T, TResult>(
        Func<T, CancellationToken, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new CancellableFunction<T, TResult>(function), source, isOrdered: true, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <inheritdoc cref="MapOrdered{T, TResult}(Func{T, CancellationToken, TResult}, IEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> MapOrdered<T, TResult>(
        Func<T, CancellationToken, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new CancellableFunction<T, TResult>(function), source, isOrdered: true, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <inheritdoc cref="MapUnordered{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    /// <remarks>The function has a token, as <see cref="Map{T, TResult}(Func{T, CancellationToken, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/> says.</remarks>
    public IAsyncEnumerable<TResult> MapUnordered<T, TResult>(
        Func<T, CancellationToken, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new CancellableFunction<T, TResult>(function), source, isOrdered: false, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <inheritdoc cref="MapUnordered{T, TResult}(Func{T, CancellationToken, TResult}, IEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> MapUnordered<T, TResult>(
        Func<T, CancellationToken, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new CancellableFunction<T, TResult>(function), source, isOrdered: false, chunkSize, progress, maxPending, cancellationToken);
    }
}
