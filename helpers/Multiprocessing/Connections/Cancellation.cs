namespace Multiprocessing.Connections;

/// <summary>What ends a call early: the token that the caller has given, or the stop of the cell that makes the call. Thread-safe.</summary>
internal readonly struct Cancellation
{
    /// <summary>How long a function that is told of it has to end by itself, unless somebody says how long.</summary>
    public static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(1);

    /// <summary>The longest that somebody may say: what .NET waits for a task.</summary>
    public static readonly TimeSpan LongestGrace = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly CancellationToken _given;
    private readonly CancellationToken _stop;

    /// <param name="given">The caller's token.</param>
    /// <param name="stop">The stop of the cell that makes the call.</param>
    public Cancellation(CancellationToken given, CancellationToken stop)
    {
        _given = given;
        _stop = stop;
    }

    /// <summary>Whether it has happened.</summary>
    public bool IsRequested => _given.IsCancellationRequested || _stop.IsCancellationRequested;

    /// <summary>The stop of the cell: nobody wants to read then what the call has still to say.</summary>
    public CancellationToken Stop => _stop;

    /// <summary>Of the two, the one to name as the cause.</summary>
    public CancellationToken Cause => _stop.IsCancellationRequested && !_given.IsCancellationRequested ? _stop : _given;

    /// <summary>Throws if it has happened.</summary>
    /// <exception cref="OperationCanceledException">It has.</exception>
    public void ThrowIfRequested()
    {
        _given.ThrowIfCancellationRequested();
        _stop.ThrowIfCancellationRequested();
    }

    /// <summary>Has something done when it happens, once or twice, on the thread that cancels; at once if it has.</summary>
    public CancellationRegistration Register(Action<object?> callback, object? state) =>
        new(_given.UnsafeRegister(callback, state), _stop.UnsafeRegister(callback, state));

    /// <summary>A source that is cancelled when it happens; the owner may cancel it earlier.</summary>
    public CancellationTokenSource CreateLinkedSource() => CancellationTokenSource.CreateLinkedTokenSource(_given, _stop);
}

/// <summary>What has been registered with a <see cref="Cancellation"/>.</summary>
internal readonly struct CancellationRegistration(CancellationTokenRegistration given, CancellationTokenRegistration stop) : IDisposable
{
    /// <summary>Takes it back; one that runs just now is waited for.</summary>
    public void Dispose()
    {
        given.Dispose();
        stop.Dispose();
    }

    /// <summary>Takes it back without waiting.</summary>
    public void Unregister()
    {
        given.Unregister();
        stop.Unregister();
    }
}
