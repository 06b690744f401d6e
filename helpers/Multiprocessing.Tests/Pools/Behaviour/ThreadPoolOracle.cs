using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Multiprocessing.Tests.Pools.Behaviour;

/// <summary>
/// The oracle: a pool that does with threads what <see cref="WorkerPool"/> does with processes, as plainly as it can be written. It says what the
/// behaviour tests should find; what only processes can do (die, be ended in the middle of a loop, have a memory of their own) is not in it.
/// </summary>
internal sealed partial class ThreadPoolOracle(int processes) : IPool
{
    /// <summary>How many inputs for each thread may be under way or wait for their consumer.</summary>
    private const int WindowForEach = 16;

    private readonly SemaphoreSlim _free = new(processes);
    private readonly CancellationTokenSource _disposed = new();

    public int Processes => processes;

    public Failure Describe(Exception exception) => Assert.IsType<InputFailedException>(exception).Failure;

    public void Dispose() => _disposed.Cancel();

    /// <summary>Runs the function for each input and gives what came of each, in whatever order that is.</summary>
    private async IAsyncEnumerable<Outcome<TResult>> OutcomesOf<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize, Window window, IProgress<int>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        Channel<Outcome<TResult>> outcomes = Channel.CreateUnbounded<Outcome<TResult>>();
        Task reading = Task.Run(() => HandOutAsync(function, source, chunkSize ?? 1, window, outcomes.Writer, stopping.Token), CancellationToken.None);
        int done = 0;
        try
        {
            while (await WaitAsync(outcomes.Reader, stopping.Token, cancellationToken).ConfigureAwait(false))
            {
                while (outcomes.Reader.TryRead(out Outcome<TResult>? outcome))
                {
                    progress?.Report(++done);
                    yield return outcome;
                }
            }
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
    }

    private async Task<bool> WaitAsync<T>(ChannelReader<T> reader, CancellationToken stopping, CancellationToken callers)
    {
        try
        {
            return await reader.WaitToReadAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            throw new OperationCanceledException(callers);
        }
    }

    private async Task HandOutAsync<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> source, int chunkSize, Window window, ChannelWriter<Outcome<TResult>> outcomes, CancellationToken stopping)
    {
        List<Task> running = [];
        Exception? error = null;
        try
        {
            int index = 0;
            foreach (T[] chunk in source.Chunk(chunkSize))
            {
                await window.EnterAsync(chunk.Length, stopping);
                await _free.WaitAsync(stopping);
                int first = index;
                index += chunk.Length;
                running.Add(Task.Factory.StartNew(() => RunChunk(function, chunk, first, outcomes, stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
            }
        }
#pragma warning disable CA1031 // Whatever the source throws is the consumer's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            error = e;
        }

        await Task.WhenAll(running);
        outcomes.TryComplete(error);
    }

    private void RunChunk<T, TResult>(Func<T, Task<TResult>> function, T[] chunk, int first, ChannelWriter<Outcome<TResult>> outcomes, CancellationToken stopping)
    {
        for (int i = 0; i < chunk.Length && !stopping.IsCancellationRequested; i++)
        {
            try
            {
                outcomes.TryWrite(new(first + i, function(chunk[i]).GetAwaiter().GetResult(), null));
            }
#pragma warning disable CA1031 // Whatever the function throws is the caller's.
            catch (Exception e)
#pragma warning restore CA1031
            {
                outcomes.TryWrite(new(first + i, default!, e));
            }
        }

        _free.Release();
    }

    private void Check(Delegate? function, object? source, int? chunkSize)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(source);
        if (chunkSize is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(chunkSize));
        }

        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
    }

    private static InputFailedException? FailureOf<TResult>(IEnumerable<Outcome<TResult>> outcomes)
    {
        Outcome<TResult>[] failed = [.. outcomes.Where(static outcome => outcome.Error is not null).OrderBy(static outcome => outcome.Index)];
        return failed is [{ } first, .. { } others] ? new InputFailedException(first.Index, first.Error!, [.. others.Select(static other => (int?)other.Index)]) : null;
    }

    /// <summary>What came of one input.</summary>
    private sealed record Outcome<TResult>(int Index, TResult Value, Exception? Error);

    /// <summary>How far the source may be read ahead of the consumer.</summary>
    private sealed class Window(int size) : IDisposable
    {
        private readonly SemaphoreSlim _places = new(size);

        public async Task EnterAsync(int count, CancellationToken stopping)
        {
            // A chunk larger than the window goes alone.
            for (int i = 0; i < Math.Min(count, size); i++)
            {
                await _places.WaitAsync(stopping);
            }
        }

        public void Leave()
        {
            if (_places.CurrentCount < size)
            {
                _places.Release();
            }
        }

        public void Dispose() => _places.Dispose();
    }
}
