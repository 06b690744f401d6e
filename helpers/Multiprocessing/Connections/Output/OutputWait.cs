namespace Multiprocessing.Connections.Output;

/// <summary>
/// A call that waits for a worker, and whose context takes what workers print meanwhile: piece by piece, in the order in which it was added, and by a thread that holds no
/// lock, since a console may take its time. Thread-safe.
/// </summary>
/// <param name="router">Where it is announced.</param>
/// <param name="worker">The worker; null for one that waits for none.</param>
/// <param name="context">The context of the call; null if nobody reads there.</param>
/// <param name="stop">The stop of the cell that makes the call.</param>
/// <param name="inBackground">Whether the threads that add text have better things to do than to write it.</param>
internal sealed class OutputWait(OutputRouter router, WorkerConnection? worker, ExecutionContext? context, CancellationToken stop, bool inBackground = false) : IDisposable
{
    /// <summary>Whoever adds more than so many pieces while another thread writes waits for it.</summary>
    private const int MostPieces = 1000;

    private readonly Queue<WorkerText> _texts = new();
    private Action? _onWritten;
    private bool _isWriting;

    public WorkerConnection? Worker => worker;

    /// <summary>Whether somebody reads what is written there.</summary>
    public bool HasReader => context is not null;

    /// <summary>Whether its cell has been stopped: nothing is to be written there any more.</summary>
    public bool IsStopped => stop.IsCancellationRequested;

    /// <summary>Adds a text. What was added is written by <see cref="Write()"/>.</summary>
    public void Add(WorkerText text)
    {
        lock (_texts)
        {
            _texts.Enqueue(text);
        }
    }

    /// <summary>Writes what was added, unless another thread is at it, which then writes this, too.</summary>
    public void Write()
    {
        lock (_texts)
        {
            while (_isWriting && _texts.Count > MostPieces)
            {
                Monitor.Wait(_texts);
            }

            if (_isWriting || _texts.Count == 0)
            {
                return;
            }

            _isWriting = true;
        }

        if (inBackground)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static wait => wait.WriteAll(), this, preferLocal: false);
        }
        else
        {
            WriteAll();
        }
    }

    /// <summary>Ends the wait. Returns when all has been written.</summary>
    public void Dispose()
    {
        router.EndWait(this);
        Write();
        lock (_texts)
        {
            while (_isWriting)
            {
                Monitor.Wait(_texts);
            }
        }
    }

    /// <summary>Ends the wait, and has something done when all has been written: at once, if it has.</summary>
    public void Dispose(Action onWritten)
    {
        router.EndWait(this);
        Write();
        lock (_texts)
        {
            if (_isWriting)
            {
                _onWritten = onWritten;
                return;
            }
        }

        onWritten();
    }

    private void WriteAll()
    {
        Action? onWritten;
        while (true)
        {
            WorkerText? text;
            lock (_texts)
            {
                if (!_texts.TryDequeue(out text))
                {
                    // Taken together with the word that all is written: what is written after that has another end.
                    onWritten = _onWritten;
                    _onWritten = null;
                    _isWriting = false;
                    Monitor.PulseAll(_texts);
                    break;
                }
            }

            if (!text.Worker.IsSilenced)
            {
                router.Write(context, text);
            }
        }

        onWritten?.Invoke();
    }
}
