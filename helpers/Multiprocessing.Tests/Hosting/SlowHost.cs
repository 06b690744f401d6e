using Multiprocessing.Hosting;

namespace Multiprocessing.Tests.Hosting;

/// <summary>The process's own host, in which it takes a worker as long to start as whoever made it wants, or for ever. Tests that run meanwhile notice nothing.</summary>
internal sealed class SlowHost : INotebookHost, IDisposable
{
    private readonly AsyncLocal<bool> _isMaker = new();
    private readonly ManualResetEventSlim _go = new(true);
    private readonly INotebookHost _own;
    private int _starting;
    private int _refused;

    public SlowHost()
    {
        _own = NotebookHost.Current;
        NotebookHost.Current = this;
        _isMaker.Value = true;
    }

    /// <summary>How many workers are being started.</summary>
    public int Starting => Volatile.Read(ref _starting);

    /// <summary>Whether none can be started.</summary>
    public bool Refuses { get; set; }

    /// <summary>How many could not.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public CancellationToken Stop => _own.Stop;

    public bool RunsCells => _own.RunsCells;

    public Type? FormatterSource => _own.FormatterSource;

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

        _own.OnWorkerStarting();
    }

    public void TellOfRebuilt(string fileName) => _own.TellOfRebuilt(fileName);

    public void Dispose()
    {
        _go.Set();
        NotebookHost.Current = _own;
    }
}
