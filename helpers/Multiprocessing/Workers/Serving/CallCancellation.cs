namespace Multiprocessing.Workers.Serving;

/// <summary>Tells the function that this process, a worker, runs that its call is cancelled. Thread-safe.</summary>
#pragma warning disable CA1001 // A source without a timer holds nothing, and what a function has left running may ask its token as long as it runs.
internal sealed class CallCancellation
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _source;
    private int _call;
    private int _cancelledCall;

    /// <summary>The token of a call: the same for all inputs that this process is given in a row.</summary>
    /// <param name="call">The number of the call.</param>
    public CancellationToken TokenOf(int call)
    {
        lock (_gate)
        {
            if (_source is null || _call != call)
            {
                // One of the last call's may hold what that has registered.
                _source = new CancellationTokenSource();
                _call = call;
                if (_cancelledCall == call)
                {
                    _source.Cancel();
                }
            }

            return _source.Token;
        }
    }

    /// <summary>Cancels a call, which may not have begun here.</summary>
    /// <param name="call">The number of the call.</param>
    public void Cancel(int call)
    {
        CancellationTokenSource? source;
        lock (_gate)
        {
            _cancelledCall = call;
            source = _call == call ? _source : null;
        }

        if (source is not null)
        {
            // What has been registered is the function's own code: it needs a stack of the usual size, and libraries, which the calling thread may be the one to receive.
            new Thread(() => Cancel(source)) { IsBackground = true, Name = "Call cancellation" }.UnsafeStart();
        }
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
#pragma warning disable CA1031 // The root of a thread, and code of a function whose call nobody wants the end of any more.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
