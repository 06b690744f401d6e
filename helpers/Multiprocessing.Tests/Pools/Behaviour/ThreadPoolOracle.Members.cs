using System.Runtime.CompilerServices;

namespace Multiprocessing.Tests.Pools.Behaviour;

/// <content>The members of the interface, in terms of <see cref="OutcomesOf"/>.</content>
internal sealed partial class ThreadPoolOracle
{
    public TResult[] Map<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        MapAsync(function, source, chunkSize, progress, cancellationToken).GetAwaiter().GetResult();

    public TResult[] Map<T, TResult>(Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        MapAsync(function, source, chunkSize, progress, cancellationToken).GetAwaiter().GetResult();

    public Task<TResult[]> MapAsync<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        MapAsync(Asynchronous(function), source, chunkSize, progress, cancellationToken);

    public async Task<TResult[]> MapAsync<T, TResult>(Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        Check(function, source, chunkSize);
        cancellationToken.ThrowIfCancellationRequested();
        List<Outcome<TResult>> all = [];
        using Window window = new(int.MaxValue);
        await foreach (Outcome<TResult> outcome in OutcomesOf(function, source, chunkSize, window, progress, cancellationToken).ConfigureAwait(false))
        {
            all.Add(outcome);
        }

        return FailureOf(all) is { } failure ? throw failure : [.. all.OrderBy(static outcome => outcome.Index).Select(static outcome => outcome.Value)];
    }

    public Task<TResult[]> MapAsync<T, TResult>(Func<T, CancellationToken, TResult> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        MapAsync(
            input =>
            {
                // The next of a chunk may be faster than what stops the others.
                cancellationToken.ThrowIfCancellationRequested();
                return function(input, cancellationToken);
            },
            source, chunkSize, progress, cancellationToken);

    public IAsyncEnumerable<TResult> MapOrdered<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        MapOrdered(Asynchronous(function), source, chunkSize, progress, cancellationToken);

    public async IAsyncEnumerable<TResult> MapOrdered<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(function, source, chunkSize);
        cancellationToken.ThrowIfCancellationRequested();
        Dictionary<int, Outcome<TResult>> early = [];
        using Window window = new(WindowForEach * processes);
        int next = 0;
        await foreach (Outcome<TResult> outcome in OutcomesOf(function, source, chunkSize, window, progress, cancellationToken).ConfigureAwait(false))
        {
            early.Add(outcome.Index, outcome);
            while (early.Remove(next, out Outcome<TResult>? due))
            {
                yield return due.Error is null ? due.Value : throw FailureOf([due])!;
                window.Leave();
                next++;
            }
        }
    }

    public IAsyncEnumerable<TResult> MapUnordered<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        MapUnordered(Asynchronous(function), source, chunkSize, progress, cancellationToken);

    public async IAsyncEnumerable<TResult> MapUnordered<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(function, source, chunkSize);
        cancellationToken.ThrowIfCancellationRequested();
        List<Outcome<TResult>> failed = [];
        using Window window = new(WindowForEach * processes);
        await foreach (Outcome<TResult> outcome in OutcomesOf(function, source, chunkSize, window, progress, cancellationToken).ConfigureAwait(false))
        {
            if (outcome.Error is null)
            {
                yield return outcome.Value;
            }
            else
            {
                failed.Add(outcome);
            }

            window.Leave();
        }

        if (FailureOf(failed) is { } failure)
        {
            throw failure;
        }
    }

    public TResult MapReduce<T, TResult>(Func<T, TResult> map, Func<TResult, TResult, TResult> reduce, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reduce);
        return Map(map, source, chunkSize, progress, cancellationToken).Aggregate((left, right) =>
        {
            try
            {
                return reduce(left, right);
            }
#pragma warning disable CA1031 // Whatever the function throws is the caller's.
            catch (Exception e)
#pragma warning restore CA1031
            {
                throw new InputFailedException(null, e, []);
            }
        });
    }

    public void ForEach<T>(Action<T> action, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        Check(action, source, chunkSize);
        Map<T, bool>(
            input =>
            {
                action(input);
                return true;
            },
            source, chunkSize, progress, cancellationToken);
    }

    public void ForEach<T>(Func<T, Task> action, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        Check(action, source, chunkSize);
        Map(
            async (T input) =>
            {
                await action(input);
                return true;
            },
            source, chunkSize, progress, cancellationToken);
    }

    public TResult Run<TResult>(Func<TResult> function, CancellationToken cancellationToken) => RunAsync(function, cancellationToken).GetAwaiter().GetResult();

    public TResult Run<TResult>(Func<Task<TResult>> function, CancellationToken cancellationToken) => RunAsync(function, cancellationToken).GetAwaiter().GetResult();

    public void Run(Action function, CancellationToken cancellationToken) => RunAsync(function, cancellationToken).GetAwaiter().GetResult();

    public void Run(Func<Task> function, CancellationToken cancellationToken) => RunAsync(function, cancellationToken).GetAwaiter().GetResult();

    public Task<TResult> RunAsync<TResult>(Func<TResult> function, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(() => Task.FromResult(function()), cancellationToken);
    }

    public async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> function, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(function);
        try
        {
            return (await MapAsync(_ => function(), [0], null, null, cancellationToken).ConfigureAwait(false))[0];
        }
        catch (InputFailedException e)
        {
            throw new InputFailedException(null, e.InnerException!, []);
        }
    }

    public Task RunAsync(Action function, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(
            () =>
            {
                function();
                return true;
            },
            cancellationToken);
    }

    public Task RunAsync(Func<Task> function, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RunAsync(
            async () =>
            {
                await function();
                return true;
            },
            cancellationToken);
    }

    private static Func<T, Task<TResult>> Asynchronous<T, TResult>(Func<T, TResult> function) => function is null ? null! : input => Task.FromResult(function(input));
}
