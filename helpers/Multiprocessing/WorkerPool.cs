using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Multiprocessing.Hosting;
using Multiprocessing.Pools;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing;

/// <summary>
/// Worker processes that are kept, to run a function for many inputs at the same time: <c>using var pool = new WorkerPool(); int[] squares = pool.Map(Square, array);</c>
/// </summary>
/// <remarks>
/// <para>
/// The function may be any delegate, as for a <see cref="WorkerProcess"/>. Its code, and the variables that it reads as they are at the call, go to each worker once
/// per call. What it changes stays in the worker, except in shared objects.
/// </para>
/// <para>
/// A function that throws, or an input that cannot be sent, does not stop the others: every input is processed, then the first exception in the order of the inputs is thrown, with
/// the others attached. A worker that dies (it exits, crashes, is killed) fails the input that it was working on; the pool replaces it, and inputs that it had not begun go to another.
/// What still runs for a call that has failed or was cancelled is ended with its workers; a function that takes a <see cref="CancellationToken"/> is told first, and if it ends by itself then, its worker lives on.
/// </para>
/// <para>
/// Thread-safe: calls of several threads share the workers. An instance belongs to the process that made it, and cannot be sent to another; a function in a worker may
/// make a pool of its own.
/// </para>
/// </remarks>
[RequiresDynamicCode(Publishing.NeedsDynamicCode)]
[RequiresUnreferencedCode(Publishing.NeedsAllCode)]
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed partial class WorkerPool : IDisposable, IAsyncDisposable, IUnsendable
{
    private readonly WorkerHost _host;
    private readonly WorkerSet _workers;
    private readonly AwaitedCalls _awaited;
    private readonly bool _isShared;

    /// <summary>Makes a pool and starts its workers, without waiting for them: the short way, for what is wanted most.</summary>
    /// <param name="processes">How many; one for each processor unless given.</param>
    /// <param name="initializer">What each worker runs before anything else.</param>
    /// <param name="processorsPerWorker">How many processors each worker sees (<see cref="WorkerPoolOptions.ProcessorsPerWorker"/>); all, unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="processes"/> or <paramref name="processorsPerWorker"/> is less than one, or the latter more than 65,535.</exception>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go to another process.</exception>
    public WorkerPool(int? processes = null, Action? initializer = null, int? processorsPerWorker = null)
        : this(WorkerHost.Default, processes, initializer, processorsPerWorker)
    {
    }

    /// <summary>Makes a pool and starts its workers, without waiting for them.</summary>
    /// <param name="options">What it is to be like.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go to another process.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The system starts no worker, or none with such a priority or on such processors.</exception>
    public WorkerPool(WorkerPoolOptions options)
        : this(WorkerHost.Default, options)
    {
    }

    internal WorkerPool(WorkerHost host, int? processes = null, Action? initializer = null, int? processorsPerWorker = null)
        : this(host, OptionsOf(processes, initializer, processorsPerWorker))
    {
    }

    internal WorkerPool(WorkerHost host, WorkerPoolOptions options)
        : this(host, (options ?? throw new ArgumentNullException(nameof(options))).ToSettings(usualName: string.Create(CultureInfo.InvariantCulture, $"Pool-{host.CountPool()}")))
    {
    }

    private WorkerPool(WorkerHost host, PoolSettings settings, bool isShared = false)
    {
        _isShared = isShared;
        _host = host;
        _workers = new WorkerSet(host, settings);
        _awaited = new AwaitedCalls(settings.Size);
        _workers.Start();
    }

    /// <summary>How many worker processes the pool has.</summary>
    public int Processes => _workers.Size;

    /// <summary>How many processors each worker sees; null for all that there are.</summary>
    public int? ProcessorsPerWorker => _workers.Settings.ProcessorsPerWorker;

    /// <summary>After how many inputs a worker is replaced by a fresh one; null for never.</summary>
    public int? MaxTasksPerWorker => _workers.Settings.MostTasks;

    /// <summary>Has workers started in the background, ahead of the pools and the <see cref="WorkerProcess"/>es that will take them; does not wait for that.</summary>
    /// <param name="processes">How many workers there shall be in stock.</param>
    /// <remarks>
    /// What was asked for stays until it is used, or this process ends, and one that dies meanwhile is replaced; an unused worker takes some 5 MB of memory. The stock fills by itself, too, with a worker for each
    /// processor, whenever some have been used; of those, what nobody takes within a minute goes. To ask again for as many or fewer while they are there changes nothing. The first time, if there has been no pool
    /// yet, one of a single worker more is made, used and ended in the background, so that this process is ready for pools, too. Thread-safe.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="processes"/> is less than one.</exception>
    public static void Prepare(int processes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(processes, 1);
        Prepare(WorkerHost.Default, processes);
    }

    internal static void Prepare(WorkerHost host, int processes)
    {
        // One more for the rehearsal.
        bool rehearse = host.Pools == 0 && host.TryBeginRehearsal();
        host.Stock.Prepare(rehearse ? processes + 1 : processes);
        if (rehearse)
        {
            new Thread(() => Rehearse(host)) { IsBackground = true, Name = "Pool rehearsal" }.UnsafeStart();
        }
    }

    /// <summary>Ends the workers, with what their functions have started, and waits for that. Calls that are under way fail with an <see cref="ObjectDisposedException"/>.</summary>
    /// <exception cref="InvalidOperationException">It is <see cref="Shared"/>.</exception>
    public void Dispose()
    {
        ThrowIfShared();
        _workers.EndAsync().GetAwaiter().GetResult();
    }

    /// <summary>The name and how many workers, or how far its end is.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {_workers.State switch
    {
        PoolState.Open => $"{Processes} worker processes",
        PoolState.Completing => "finishing what it was given",
        PoolState.Ended => "completed",
        _ => "disposed",
    }}");

    internal string Name => _workers.Settings.Name;

    internal bool IsDisposed => _workers.IsDisposed;

    /// <summary>Whether it finishes what it was given, and takes nothing more.</summary>
    internal bool IsCompleting => _workers.State == PoolState.Completing;

    /// <summary>How many workers are at work.</summary>
    internal int Busy => _workers.Busy;

    private static WorkerPoolOptions OptionsOf(int? processes, Action? initializer, int? processorsPerWorker)
    {
        // By the names that the caller knows.
        ThrowIfNoSize(processes);
        ThrowIfNoSize(processorsPerWorker);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(processorsPerWorker ?? 0, ProcessorLimit.Largest, nameof(processorsPerWorker));
        return new WorkerPoolOptions { Processes = processes, Initializer = initializer, ProcessorsPerWorker = processorsPerWorker };
    }

    string IUnsendable.Advice => "its workers belong to the process that made it. Make a pool inside the function.";

    /// <inheritdoc cref="Dispose"/>
    /// <returns>A task that ends when the workers have.</returns>
    public ValueTask DisposeAsync()
    {
        ThrowIfShared();
        return new ValueTask(_workers.EndAsync());
    }
}
