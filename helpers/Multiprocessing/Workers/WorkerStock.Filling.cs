using System.Diagnostics;
using System.Reflection;
using Multiprocessing.Connections;

namespace Multiprocessing.Workers;

/// <content>What happens in the background: workers come, are looked after, and go.</content>
internal sealed partial class WorkerStock
{
    /// <summary>
    /// How long after the last worker has begun its call the places are filled: soon enough for the next call, late enough not to take the processors from
    /// others that are being started in the same breath, as those of a pool are.
    /// </summary>
    private static readonly TimeSpan RefillDelay = TimeSpan.FromMilliseconds(20);

    /// <summary>But no longer than this after the first one, if workers are started all the time.</summary>
    private static readonly TimeSpan LongestRefillDelay = TimeSpan.FromMilliseconds(200);

    private readonly Timer _refilling;
    private readonly ITimer _expiry;
    private bool _isFilling;
    private long? _firstRefill;
    private int _askedFor;
    private int _replacements;

    /// <summary>Has the stock filled with so many workers, once. They stay until they are used: from then on the stock is of its usual size.</summary>
    public void Prepare(int count)
    {
        lock (_gate)
        {
            _askedFor = Math.Max(_askedFor, count);
            _replacements = _askedFor;
        }

        Refill();
    }

    /// <summary>Has the stock filled, in a moment and in the background.</summary>
    public void Refill()
    {
        lock (_gate)
        {
            if (_isFilling || _isDisposed)
            {
                // If it is being filled: that looks once more before it ends.
                return;
            }

            _firstRefill ??= Stopwatch.GetTimestamp();
            TimeSpan left = LongestRefillDelay - Stopwatch.GetElapsedTime(_firstRefill.Value);
            _refilling.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left < RefillDelay ? left : RefillDelay, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fill()
    {
        lock (_gate)
        {
            if (_isFilling)
            {
                return;
            }

            _isFilling = true;
            _firstRefill = null;
        }

        try
        {
            while (true)
            {
                lock (_gate)
                {
                    _isFilling = !_isDisposed && _ready.Count < Math.Max(_usualSize, _askedFor);
                    if (!_isFilling)
                    {
                        return;
                    }
                }

                Add(Launch(forStock: true));
            }
        }
#pragma warning disable CA1031 // The root of a timer's thread. Without a stock a call starts its own worker, and reports why if it cannot.
        catch (Exception)
#pragma warning restore CA1031
        {
            lock (_gate)
            {
                _isFilling = false;
                _askedFor = Math.Min(_askedFor, _ready.Count);
            }
        }
    }

    /// <summary>Ends those that nobody has asked for.</summary>
    private void Expire()
    {
        while (true)
        {
            WorkerConnection worker;
            lock (_gate)
            {
                if (_ready.Count <= _askedFor)
                {
                    return;
                }

                worker = _ready.Dequeue();
            }

            End(worker);
        }
    }

    /// <summary>Replaces one that has died while it waited: as many as were asked for, and no more, in case none of them can live.</summary>
    private void OnClosed(WorkerConnection worker)
    {
        lock (_gate)
        {
            if (!_ready.Contains(worker))
            {
                return;
            }

            WorkerConnection[] left = [.. _ready.Where(other => other != worker)];
            _ready.Clear();
            Array.ForEach(left, _ready.Enqueue);
            if (--_replacements < 0)
            {
                _askedFor = Math.Min(_askedFor, _ready.Count);
            }

            if (_ready.Count >= _askedFor)
            {
                return;
            }
        }

        Refill();
    }

    private WorkerConnection Launch(bool forStock, int? processors = null)
    {
        EnvironmentSnapshot now = _host.TakeEnvironment();
        ConnectionMemory memory = new(_host.Memory);
        ChildProcess process;
        try
        {
            process = _host.Launcher.Launch(now.Variables, memory.Path, _host.Events.Path, processors);
        }
        catch
        {
            memory.Dispose();
            throw;
        }

        WorkerConnection worker = new(_host, process, memory, now) { Processors = processors };
        worker.Begin(new WorkerStartInfo(
            AppContext.BaseDirectory,
            Assembly.GetEntryAssembly()?.FullName ?? "",
            AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "",
            [.. _host.Launcher.Command.Settings.Keys.Where(setting => !process.Environment.ContainsKey(setting))],
            _host.Memory.Folder.ForWorkers,
            _host.Events.Path,
            WarmUp: forStock));

        // While its process starts.
        _host.Telemetry.WorkerStarted(process.Id);
        return worker;
    }
}
