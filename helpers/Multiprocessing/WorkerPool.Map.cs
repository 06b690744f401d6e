using System.Runtime.CompilerServices;
using Multiprocessing.Connections;
using Multiprocessing.Pools;
using Multiprocessing.Serialization;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing;

/// <content>A function for many inputs, all results at once.</content>
public sealed partial class WorkerPool
{
    /// <summary>Runs a function for each input in the workers and waits for all results. Shows what it prints.</summary>
    /// <typeparam name="T">The type of the inputs.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="function">The function. An async one is awaited in the worker before the worker takes the next input.</param>
    /// <param name="source">The inputs; read to the end before the first one is processed.</param>
    /// <param name="chunkSize">How many inputs go to a worker together, and stay with the one that has begun with them; found by measuring unless given.</param>
    /// <param name="progress">Is told how many inputs are done: ever more, and at the end all.</param>
    /// <param name="cancellationToken">Ends the workers that are at it.</param>
    /// <returns>The results, in the order of the inputs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> or <paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is less than one.</exception>
    /// <exception cref="NotShippableException">
    /// The function holds something that cannot go to another process: then nothing is sent. Or an input does: that one fails, as if the function had thrown for it.
    /// </exception>
    /// <exception cref="WorkerException">
    /// The function threw an exception, or a result cannot be sent back; of several, the first in the order of the inputs, with the <see cref="WorkerFailureException.OtherExceptions"/>
    /// attached. All inputs have been processed.
    /// </exception>
    /// <exception cref="WorkerDiedException">A worker ended in the middle of an input. Nothing more is begun then.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that makes the call was stopped; the workers that were at it have been ended, and replaced.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    public TResult[] Map<T, TResult>(
        Func<T, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Map<T, TResult>(new InputFunction<T, TResult>(function), source, chunkSize, progress, cancellationToken);
    }

    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public TResult[] Map<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Map<T, TResult>(new InputFunction<T, TResult>(function), source, chunkSize, progress, cancellationToken);
    }

    /// <summary>Runs a function for each input in the workers. Shows what it prints.</summary>
    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/>
    /// <returns>A task of the results, in the order of the inputs. The function and the inputs go as they are at the call.</returns>
    public Task<TResult[]> MapAsync<T, TResult>(
        Func<T, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return MapAsync<T, TResult>(new InputFunction<T, TResult>(function), source, chunkSize, progress, cancellationToken);
    }

    /// <inheritdoc cref="MapAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> MapAsync<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return MapAsync<T, TResult>(new InputFunction<T, TResult>(function), source, chunkSize, progress, cancellationToken);
    }

    private TResult[] Map<T, TResult>(InputFunction function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        T[] inputs = Inputs(source, chunkSize);
        ArraySink<TResult> sink = new(inputs.Length);
        Run(function, new ArraySource<T>(inputs), sink, chunkSize, progress, cancellationToken);
        return sink.Results;
    }

    private void Run(InputFunction function, InputSource inputs, ResultSink sink, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        Cancellation cancellation = Begin(cancellationToken);
        try
        {
            cancellation.ThrowIfRequested();
            new MapCall(_workers, function, inputs, sink, new ChunkSizing(chunkSize, Processes), isAwaited: false, progress).Run(cancellation);
        }
        finally
        {
            _workers.Exit();
        }
    }

    private Task<TResult[]> MapAsync<T, TResult>(InputFunction function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ThrowIfNoSize(chunkSize);
        return Counted(
            cancellation =>
            {
                // A copy: the caller may go on and change the array.
                T[] inputs = [.. source];
                ArraySink<TResult> sink = new(inputs.Length);
                MapCall call = new(_workers, function, new ArraySource<T>(inputs), sink, new ChunkSizing(chunkSize, Processes), isAwaited: true, progress);
                return Task.Factory.StartNew(
                    () =>
                    {
                        call.Run(cancellation);
                        return sink.Results;
                    },
                    cancellationToken,
                    TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
                    TaskScheduler.Default);
            },
            cancellationToken);
    }

    /// <summary>Begins a call, which ends with <see cref="WorkerSet.Exit"/>.</summary>
    /// <exception cref="InvalidOperationException">The pool takes no more.</exception>
    private Cancellation Begin(CancellationToken cancellationToken)
    {
        _workers.Enter();
        return new Cancellation(cancellationToken, _host.Notebook.Stop);
    }

    /// <summary>Begins a call that ends with its task, unless it is cancelled.</summary>
    private Task<T> Counted<T>(Func<Cancellation, Task<T>> start, CancellationToken cancellationToken)
    {
        Cancellation cancellation = Begin(cancellationToken);
        Task<T>? call = null;
        try
        {
            call = cancellation.IsRequested ? Task.FromCanceled<T>(cancellation.Cause) : start(cancellation);
            return call;
        }
        finally
        {
            if (call is { IsCompleted: false })
            {
                call.ContinueWith(_ => _workers.Exit(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
            else
            {
                _workers.Exit();
            }
        }
    }

    private static T[] Inputs<T>(IEnumerable<T> source, int? chunkSize)
    {
        ArgumentNullException.ThrowIfNull(source);
        ThrowIfNoSize(chunkSize);
        return source as T[] ?? [.. source];
    }

    private static void ThrowIfNoSize(int? value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, name);
        }
    }

    /// <summary>Puts each result in its input's place.</summary>
    private sealed class ArraySink<TResult>(int count) : ResultSink
    {
        public TResult[] Results { get; } = new TResult[count];

        public override int JournalSize => TaskData<TResult>.PlainSize;

        public override Exception?[]? Accept(long first, int inputs, PayloadReader content, IAttachmentSource? attachments, SerializationContext context) =>
            TaskData<TResult>.Read(content, Results.AsSpan((int)first, inputs), context, context.Loaded, attachments);
    }
}
