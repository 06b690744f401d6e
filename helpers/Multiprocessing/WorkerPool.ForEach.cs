using System.Runtime.CompilerServices;
using Multiprocessing.Workers.Serving;
using Nothing = byte;

namespace Multiprocessing;

/// <content>An action for many inputs.</content>
public sealed partial class WorkerPool
{
    /// <summary>Runs an action for each input in the workers and waits for all. Shows what it prints.</summary>
    /// <typeparam name="T">The type of the inputs.</typeparam>
    /// <param name="action">The action. An async one is awaited in the worker before the worker takes the next input.</param>
    /// <param name="source">The inputs; read to the end before the first one is processed.</param>
    /// <param name="chunkSize">How many inputs go to a worker together, and stay with the one that has begun with them; found by measuring unless given.</param>
    /// <param name="progress">Is told how many inputs are done: ever more, and at the end all.</param>
    /// <param name="cancellationToken">Ends the workers that are at it.</param>
    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)" path="/exception"/>
    public void ForEach<T>(
        Action<T> action, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        Map<T, Nothing>(new InputFunction<T, Nothing>(action), source, chunkSize, progress, cancellationToken);
    }

    /// <inheritdoc cref="ForEach{T}(Action{T}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public void ForEach<T>(
        Func<T, Task> action, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        Map<T, Nothing>(new InputFunction<T, Nothing>(action), source, chunkSize, progress, cancellationToken);
    }
}
