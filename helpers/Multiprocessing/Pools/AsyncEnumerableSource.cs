namespace Multiprocessing.Pools;

/// <summary>Inputs that are awaited one by one. No thread waits for them, nor for room.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
internal sealed class AsyncEnumerableSource<T> : StreamSource<T>
{
    private readonly IAsyncEnumerable<T> _inputs;
    private readonly CancellationToken _leaving;
    private readonly Task _reading;

    /// <inheritdoc cref="StreamSource{T}(Func{int}, StreamWindow, Action)"/>
    /// <param name="inputs">The inputs.</param>
    /// <param name="ahead">How many to have ready.</param>
    /// <param name="window">How many may be drawn.</param>
    /// <param name="onMoved">Called when there is an input, or will be none.</param>
    /// <param name="leaving">Tells the source that nobody wants more: what it awaits may take its time.</param>
    public AsyncEnumerableSource(IAsyncEnumerable<T> inputs, Func<int> ahead, StreamWindow window, Action onMoved, CancellationToken leaving)
        : base(ahead, window, onMoved)
    {
        _inputs = inputs;
        _leaving = leaving;

        // Not on the thread that begins to read the results: the source may have many inputs at once.
        _reading = Task.Run(ReadAsync, CancellationToken.None);
    }

    protected override async ValueTask AwaitEndAsync() => await _reading.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task ReadAsync()
    {
        Exception? error = null;
        try
        {
            IAsyncEnumerator<T> inputs = _inputs.GetAsyncEnumerator(_leaving);
            await using (inputs.ConfigureAwait(false))
            {
                while (await AwaitRoomAsync().ConfigureAwait(false) && await inputs.MoveNextAsync().ConfigureAwait(false))
                {
                    Enter();
                    Add(inputs.Current);
                }
            }
        }
#pragma warning disable CA1031 // The user's own code: what it throws reaches the user at the end of the results.
        catch (Exception e)
#pragma warning restore CA1031
        {
            error = e;
        }
        finally
        {
            End(error);
        }
    }
}
