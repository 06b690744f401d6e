using System.Runtime.CompilerServices;
using Multiprocessing.Pools;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing;

/// <content>A function for inputs that are awaited themselves, results as they come.</content>
public sealed partial class WorkerPool
{
    /// <summary>Runs a function for each input in the workers, as the inputs come, and gives the results one by one, in the order of the inputs. Shows what it prints.</summary>
    /// <remarks>
    /// No thread waits for the source. It is asked for the next input only when that is soon needed and <c>maxPending</c> allows it; its enumerator has a token that is cancelled when the call is, and when nobody reads the
    /// results any more, and is disposed of then.
    /// </remarks>
    /// <inheritdoc cref="MapOrdered{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)" path="/typeparam|/param|/returns|/exception"/>
    public IAsyncEnumerable<TResult> MapOrdered<T, TResult>(
        Func<T, TResult> function, IAsyncEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new InputFunction<T, TResult>(function), source, isOrdered: true, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <inheritdoc cref="MapOrdered{T, TResult}(Func{T, TResult}, IAsyncEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> MapOrdered<T, TResult>(
        Func<T, Task<TResult>> function, IAsyncEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new InputFunction<T, TResult>(function), source, isOrdered: true, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <inheritdoc cref="MapOrdered{T, TResult}(Func{T, TResult}, IAsyncEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    /// <remarks>The function has a token, as <see cref="Map{T, TResult}(Func{T, CancellationToken, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/> says.</remarks>
    public IAsyncEnumerable<TResult> MapOrdered<T, TResult>(
        Func<T, CancellationToken, TResult> function, IAsyncEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new CancellableFunction<T, TResult>(function), source, isOrdered: true, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <inheritdoc cref="MapOrdered{T, TResult}(Func{T, CancellationToken, TResult}, IAsyncEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> MapOrdered<T, TResult>(
        Func<T, CancellationToken, Task<TResult>> function, IAsyncEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new CancellableFunction<T, TResult>(function), source, isOrdered: true, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <summary>Runs a function for each input in the workers, as the inputs come, and gives the results one by one, as they come. Shows what it prints.</summary>
    /// <remarks>
    /// No thread waits for the source. It is asked for the next input only when that is soon needed and <c>maxPending</c> allows it; its enumerator has a token that is cancelled when the call is, and when nobody reads the
    /// results any more, and is disposed of then.
    /// </remarks>
    /// <inheritdoc cref="MapUnordered{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)" path="/typeparam|/param|/returns|/exception"/>
    public IAsyncEnumerable<TResult> MapUnordered<T, TResult>(
        Func<T, TResult> function, IAsyncEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new InputFunction<T, TResult>(function), source, isOrdered: false, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <inheritdoc cref="MapUnordered{T, TResult}(Func{T, TResult}, IAsyncEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> MapUnordered<T, TResult>(
        Func<T, Task<TResult>> function, IAsyncEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new InputFunction<T, TResult>(function), source, isOrdered: false, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <inheritdoc cref="MapUnordered{T, TResult}(Func{T, TResult}, IAsyncEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    /// <remarks>The function has a token, as <see cref="Map{T, TResult}(Func{T, CancellationToken, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/> says.</remarks>
    public IAsyncEnumerable<TResult> MapUnordered<T, TResult>(
        Func<T, CancellationToken, TResult> function, IAsyncEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new CancellableFunction<T, TResult>(function), source, isOrdered: false, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <inheritdoc cref="MapUnordered{T, TResult}(Func{T, CancellationToken, TResult}, IAsyncEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> MapUnordered<T, TResult>(
        Func<T, CancellationToken, Task<TResult>> function, IAsyncEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new CancellableFunction<T, TResult>(function), source, isOrdered: false, chunkSize, progress, maxPending, cancellationToken);
    }

    private IAsyncEnumerable<TResult> Stream<T, TResult>(
        Func<InputFunction> function, IAsyncEnumerable<T> source, bool isOrdered, int? chunkSize, IProgress<int>? progress, int? maxPending, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Stream<TResult>(
            function,
            (window, sizing, leaving) => new AsyncEnumerableSource<T>(source, () => sizing.InputsAhead, window, () => _workers.Wakeup.Set(), leaving),
            isOrdered, chunkSize, progress, maxPending, cancellationToken);
    }
}
