using System.Runtime.CompilerServices;
using Multiprocessing.Connections;
using Multiprocessing.Pools;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing;

/// <content>A function for many inputs, results as they come.</content>
public sealed partial class WorkerPool
{
    /// <summary>Runs a function for each input in the workers and gives the results one by one, in the order of the inputs. Shows what it prints.</summary>
    /// <typeparam name="T">The type of the inputs.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="function">The function. An async one is awaited in the worker before the worker takes the next input.</param>
    /// <param name="source">The inputs; read a little ahead of what is processed, so that there may be endless many.</param>
    /// <param name="chunkSize">How many inputs go to a worker together, and stay with the one that has begun with them; found by measuring unless given.</param>
    /// <param name="progress">Is told how many inputs are done.</param>
    /// <param name="maxPending">
    /// How many inputs may be read from <paramref name="source"/> whose results have not been taken. Unless given, some thousands for each worker, and only as many as come with their
    /// results to some 64 MB, by the size of those before; but always one for each worker.
    /// </param>
    /// <param name="cancellationToken">Ends the workers that are at it. To leave the loop does that, too.</param>
    /// <returns>
    /// The results. The work begins with the enumeration, and waits when the results are not taken. At the first input whose function threw, whose worker died or that cannot be sent the enumeration
    /// throws what <see cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/> would; what <paramref name="source"/> throws comes after the
    /// results of the inputs before.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> or <paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> or <paramref name="maxPending"/> is less than one.</exception>
    public IAsyncEnumerable<TResult> MapOrdered<T, TResult>(
        Func<T, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new InputFunction<T, TResult>(function), source, isOrdered: true, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <inheritdoc cref="MapOrdered{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> MapOrdered<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new InputFunction<T, TResult>(function), source, isOrdered: true, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <summary>Runs a function for each input in the workers and gives the results one by one, as they come. Shows what it prints.</summary>
    /// <inheritdoc cref="MapOrdered{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)" path="/typeparam|/param|/exception"/>
    /// <returns>
    /// The results. The work begins with the enumeration, and waits when the results are not taken. If a function threw, a worker died or an input cannot be sent, all other results are given first; then the
    /// enumeration throws what <see cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/> would.
    /// </returns>
    public IAsyncEnumerable<TResult> MapUnordered<T, TResult>(
        Func<T, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new InputFunction<T, TResult>(function), source, isOrdered: false, chunkSize, progress, maxPending, cancellationToken);
    }

    /// <inheritdoc cref="MapUnordered{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, int?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> MapUnordered<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, int? maxPending = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream<T, TResult>(() => new InputFunction<T, TResult>(function), source, isOrdered: false, chunkSize, progress, maxPending, cancellationToken);
    }

    private IAsyncEnumerable<TResult> Stream<T, TResult>(
        Func<InputFunction> function, IEnumerable<T> source, bool isOrdered, int? chunkSize, IProgress<int>? progress, int? maxPending, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Stream<TResult>(
            function,
            (window, sizing, _) => source is ICollection<T>
                ? new ArraySource<T>([.. source], window)
                : new EnumerableSource<T>(source, () => sizing.InputsAhead, window, () => _workers.Wakeup.Set()),
            isOrdered, chunkSize, progress, maxPending, cancellationToken);
    }

    private IAsyncEnumerable<TResult> Stream<TResult>(
        Func<InputFunction> function, OpenSource source, bool isOrdered, int? chunkSize, IProgress<int>? progress, int? maxPending, CancellationToken cancellationToken)
    {
        ThrowIfNoSize(chunkSize);
        ThrowIfNoSize(maxPending);
        _workers.ThrowIfClosed();
        return Enumerate<TResult>(function, source, isOrdered, chunkSize, progress, maxPending, cancellationToken);
    }

    private async IAsyncEnumerable<TResult> Enumerate<TResult>(
        Func<InputFunction> function, OpenSource source, bool isOrdered, int? chunkSize, IProgress<int>? progress, int? maxPending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Cancellation cancellation = Begin(cancellationToken);
        InputSource? inputs = null;
        try
        {
            cancellation.ThrowIfRequested();
            ChunkSizing sizing = new(chunkSize, Processes, ChunkSizing.MostInStream);
            using CancellationTokenSource leaving = cancellation.CreateLinkedSource();
            StreamWindow window = new(maxPending, Processes, _workers.Wakeup);
            StreamSink<TResult> sink = new(window, isOrdered);
            InputFunction shipped = function();
            inputs = source(window, sizing, leaving.Token);
            MapCall call = new(_workers, shipped, inputs, sink, sizing, isAwaited: true, progress, window);
            Task running = Task.Factory.StartNew(
                () => RunInto(sink, call, inputs, cancellation, leaving.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            try
            {
                await foreach (TResult result in sink.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    sink.OnTaken();
                    yield return result;
                }
            }
            finally
            {
                await leaving.CancelAsync().ConfigureAwait(false);
                await running.ConfigureAwait(false);
            }
        }
        finally
        {
            if (inputs is IAsyncDisposable reading)
            {
                await reading.DisposeAsync().ConfigureAwait(false);
            }

            _workers.Exit();
        }
    }

    /// <summary>Opens the source of a stream, when somebody begins to read its results.</summary>
    private delegate InputSource OpenSource(StreamWindow window, ChunkSizing sizing, CancellationToken leaving);

    private void RunInto<TResult>(StreamSink<TResult> sink, MapCall call, InputSource inputs, Cancellation cancellation, CancellationToken leaving)
    {
        try
        {
            call.Run(new Cancellation(leaving, _host.Notebook.Stop));
            sink.Complete(inputs.Error);
        }
        catch (OperationCanceledException) when (cancellation.IsRequested)
        {
            // Named as the cause is what the caller knows of.
            sink.Complete(new OperationCanceledException(cancellation.Cause));
        }
#pragma warning disable CA1031 // The root of a thread; the reader of the results is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            sink.Complete(e);
        }
    }
}
