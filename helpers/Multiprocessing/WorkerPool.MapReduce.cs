using Multiprocessing.Pools;
using Multiprocessing.Serialization;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing;

/// <content>Many inputs, one result.</content>
public sealed partial class WorkerPool
{
    /// <summary>
    /// Runs a function for each input in the workers and combines the results: each worker those of inputs that follow each other, then this process what they have come to, in
    /// the order of the inputs. Shows what it prints.
    /// </summary>
    /// <typeparam name="T">The type of the inputs.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="map">The function.</param>
    /// <param name="reduce">Combines two results. It must not matter how they are grouped: (a ∘ b) ∘ c = a ∘ (b ∘ c).</param>
    /// <param name="source">The inputs; read to the end before the first one is processed.</param>
    /// <param name="chunkSize">How many inputs go to a worker together, and stay with the one that has begun with them; found by measuring unless given.</param>
    /// <param name="progress">Is told how many inputs are done.</param>
    /// <param name="cancellationToken">Ends the workers that are at it.</param>
    /// <returns>What all results come to.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="map"/>, <paramref name="reduce"/> or <paramref name="source"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There are no inputs.</exception>
    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, int?, IProgress{int}?, CancellationToken)" path="/exception[not(@cref='T:System.ArgumentNullException')]"/>
    public TResult MapReduce<T, TResult>(
        Func<T, TResult> map, Func<TResult, TResult, TResult> reduce, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(reduce);
        return MapReduce<T, TResult>(new InputFunction<T, TResult>(map, reduce), reduce, source, chunkSize, progress, cancellationToken);
    }

    private TResult MapReduce<T, TResult>(
        InputFunction function, Func<TResult, TResult, TResult> reduce, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ReductionSink<TResult> sink = new();
        T[] inputs = Inputs(source, chunkSize);
        Run(function, new ArraySource<T>(inputs), sink, chunkSize, progress, cancellationToken);
        try
        {
            return sink.Reduce(reduce);
        }
        catch (Exception e) when (inputs.Length > 0)
        {
            // The same as if it had happened in a worker: where the last steps are done is nobody's concern.
            throw new WorkerException($"{e.GetType().FullName} in the last steps of the reduction: {e.Message}", e);
        }
    }

    /// <summary>Keeps what ranges of inputs come to, until all are there.</summary>
    private sealed class ReductionSink<TResult> : ResultSink
    {
        private readonly SortedDictionary<long, TResult> _partial = [];

        /// <summary>Combines them, in the order of the inputs.</summary>
        /// <exception cref="InvalidOperationException">There is none.</exception>
        public TResult Reduce(Func<TResult, TResult, TResult> reduce) => _partial.Count == 0
            ? throw new InvalidOperationException("There is nothing to reduce: the source is empty.")
            : _partial.Values.Aggregate(reduce);

        public override int JournalSize => TaskData<TResult>.PlainSize;

        public override Exception?[]? Accept(long first, int inputs, PayloadReader content, IAttachmentSource? attachments, SerializationContext context)
        {
            TResult[] total = new TResult[1];
            Exception?[]? errors = TaskData<TResult>.Read(content, total, context, context.Loaded, attachments);
            if (errors is null)
            {
                _partial.Add(first, total[0]);
            }

            return errors;
        }
    }
}
