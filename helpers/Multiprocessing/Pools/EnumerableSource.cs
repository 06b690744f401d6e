namespace Multiprocessing.Pools;

/// <summary>Inputs that are enumerated on a thread of their own, since to ask for the next one may block it.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
internal sealed class EnumerableSource<T> : StreamSource<T>
{
    private readonly IEnumerable<T> _inputs;
    private readonly Thread _thread;

    /// <inheritdoc cref="StreamSource{T}(Func{int}, StreamWindow, Action)"/>
    /// <param name="inputs">The inputs.</param>
    /// <param name="ahead">How many to have ready.</param>
    /// <param name="window">How many may be drawn.</param>
    /// <param name="onMoved">Called when there is an input, or will be none.</param>
    public EnumerableSource(IEnumerable<T> inputs, Func<int> ahead, StreamWindow window, Action onMoved)
        : base(ahead, window, onMoved)
    {
        _inputs = inputs;
        _thread = new Thread(Read) { IsBackground = true, Name = "Pool inputs" };
        _thread.Start();
    }

    protected override ValueTask AwaitEndAsync()
    {
        _thread.Join(Patience);
        return default;
    }

    private void Read()
    {
        Exception? error = null;
        try
        {
            using IEnumerator<T> inputs = _inputs.GetEnumerator();
            while (AwaitRoom() && inputs.MoveNext())
            {
                Enter();
                Add(inputs.Current);
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
