using Multiprocessing.Hosting;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Hosting;

/// <summary>A host of its own, in which it takes a worker as long to start as whoever made it wants, or for ever, if that is whoever starts it.</summary>
internal sealed class SlowHost : INotebookHost, IDisposable
{
    private readonly AsyncLocal<bool> _isMaker = new();
    private readonly ManualResetEventSlim _go = new(true);
    private int _starting;
    private int _refused;

    public SlowHost()
    {
        Workers = new WorkerHost(this);
        _isMaker.Value = true;
    }

    /// <summary>What belongs to it.</summary>
    public WorkerHost Workers { get; }

    /// <summary>How many workers are being started.</summary>
    public int Starting => Volatile.Read(ref _starting);

    /// <summary>Whether none can be started.</summary>
    public bool Refuses { get; set; }

    /// <summary>How many could not.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public CancellationToken Stop => CancellationToken.None;

    public bool RunsCells => false;

    public Type? FormatterSource => null;

    /// <summary>From now on none gets any further.</summary>
    public void HoldUp() => _go.Reset();

    /// <summary>They all go on.</summary>
    public void LetGo() => _go.Set();

    public void OnWorkerStarting()
    {
        if (_isMaker.Value)
        {
            if (Refuses)
            {
                Interlocked.Increment(ref _refused);
                throw new IOException("No worker can be started.");
            }

            Interlocked.Increment(ref _starting);
            _go.Wait();
            Interlocked.Decrement(ref _starting);
        }
    }

    public void TellOfRebuilt(string fileName)
    {
    }

    public void Dispose()
    {
        _go.Set();
        Workers.Dispose();
    }
}
