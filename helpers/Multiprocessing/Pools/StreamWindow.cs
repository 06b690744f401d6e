using Multiprocessing.Connections;

namespace Multiprocessing.Pools;

/// <summary>
/// How far a stream may be ahead of whoever reads it. An input counts from when it is drawn until its result is taken, or it has failed: so neither the inputs nor the results that
/// wait can become more. Thread-safe; one thread draws.
/// </summary>
/// <param name="most">How many inputs may count; null for some thousands for each worker, as long as they and their results come to no more than some 64 MB.</param>
/// <param name="workers">How many workers there are.</param>
/// <param name="wakeup">Set when there is room again.</param>
internal sealed class StreamWindow(int? most, int workers, CallEvent wakeup)
{
    private const double MostBytes = 64 * 1024 * 1024;
    private const int MostPerWorker = 4096;

    /// <summary>As long as nobody knows how large inputs and results are, every worker has enough to do with so many.</summary>
    private const int FewPerWorker = 4;

    private readonly Lock _gate = new();
    private double _bytesPerInput;
    private double _bytesPerResult;
    private long _count;
    private bool _isFull;

    /// <summary>Called when there is room again, by any thread.</summary>
    public Action? OnRoom { get; set; }

    /// <summary>How many more inputs may be drawn.</summary>
    public int Room
    {
        get
        {
            lock (_gate)
            {
                long room = _isFull ? 0 : Math.Max(Limit - _count, 0);
                _isFull = room == 0;
                return (int)room;
            }
        }
    }

    private int Limit => most ?? (
        _bytesPerResult is 0 ? FewPerWorker * workers
        : (int)Math.Clamp(MostBytes / (_bytesPerInput + _bytesPerResult), workers, MostPerWorker * (double)workers));

    /// <summary>Inputs are drawn.</summary>
    public void Enter(int inputs)
    {
        lock (_gate)
        {
            _count += inputs;
        }
    }

    /// <summary>An input's result has been taken, or it has none.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            // Once it was full, a quarter of it must be free, lest everybody be woken for each input.
            if (--_count > Limit - Math.Max(Limit / 4, 1) || !_isFull)
            {
                return;
            }

            _isFull = false;
        }

        OnRoom?.Invoke();
        wakeup.Set();
    }

    /// <summary>Learns how large inputs are.</summary>
    public void RecordInputs(int inputs, long bytes) => Record(ref _bytesPerInput, (double)bytes / inputs);

    /// <summary>Learns how large results are.</summary>
    public void RecordResults(int inputs, long bytes) => Record(ref _bytesPerResult, (double)bytes / inputs);

    /// <summary>More is believed at once, less by and by.</summary>
    private void Record(ref double estimate, double measured)
    {
        lock (_gate)
        {
            estimate = measured > estimate ? measured : (0.9 * estimate) + (0.1 * measured);
        }
    }
}
