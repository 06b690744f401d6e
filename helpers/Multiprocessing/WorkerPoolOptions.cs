using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Multiprocessing.Connections;
using Multiprocessing.Pools;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing;

/// <summary>What a <see cref="WorkerPool"/> is to be like: <c>new WorkerPool(new WorkerPoolOptions { Processes = 4, MaxMemoryPerWorker = 1 &lt;&lt; 30 })</c>.</summary>
/// <remarks>Read when a pool is made. The same options may serve for several pools.</remarks>
public sealed class WorkerPoolOptions
{
    /// <summary>A number, so that whoever makes a pool need not load the assembly in which the priorities are.</summary>
    private readonly int? _priority;

    /// <summary>How many worker processes; null, unless given, for one for each processor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than one.</exception>
    public int? Processes
    {
        get;
        init => field = AtLeastOne(value, nameof(Processes));
    }

    /// <summary>What each worker runs before anything else.</summary>
    public Action? Initializer { get; init; }

    /// <summary>A name for messages, for the list of workers, and for the lanes of a timeline, in which the workers are numbered: <c>Images.1</c>, <c>Images.2</c>; null, unless given, for <c>Pool-1</c>, <c>Pool-2</c>, …</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public string? Name
    {
        get;
        init
        {
            if (value is not null)
            {
                ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Name));
            }

            field = value;
        }
    }

    /// <summary>
    /// How many processors each worker sees, for functions that work in parallel themselves, lest there be as many threads as workers times processors; null, unless given, for all. It is what
    /// <see cref="Environment.ProcessorCount"/> says there, and so the degree of PLINQ and of <c>Parallel.ForEachAsync</c>, the threads that the thread pool begins with, by which
    /// <c>Parallel.For</c> goes, and the size of a pool that a function makes; OpenMP, OpenBLAS, MKL, BLIS and Accelerate are told by their environment variables. It is no limit of the
    /// system's: a function can start more threads. Workers of such a pool are started for it and do not come from stock, so that its first call waits for that.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than one, or more than 65,535.</exception>
    public int? ProcessorsPerWorker
    {
        get;
        init
        {
            if (value > ProcessorLimit.Largest)
            {
                throw new ArgumentOutOfRangeException(nameof(ProcessorsPerWorker), value, "No runtime sees so many processors.");
            }

            field = AtLeastOne(value, nameof(ProcessorsPerWorker));
        }
    }

    /// <summary>After how many inputs a worker is replaced by a fresh one; null, unless given, for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than one.</exception>
    public int? MaxTasksPerWorker
    {
        get;
        init => field = AtLeastOne(value, nameof(MaxTasksPerWorker));
    }

    /// <summary>How much memory a worker may keep, in bytes, before it is replaced by a fresh one; null, unless given, for no limit.</summary>
    /// <remarks>
    /// It is the physical memory that the process has (its resident set, or working set), with all that .NET's collector has not given back: a fresh worker has some 35 MB of it. A worker looks at it when it has
    /// finished an input, but at most every millisecond, and a call lets it finish the inputs that it was sent together with that one; so it limits what is left of inputs, and not what one of them takes meanwhile.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is less than one.</exception>
    public long? MaxMemoryPerWorker
    {
        get;
        init
        {
            if (value is { } bytes)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1, nameof(MaxMemoryPerWorker));
            }

            field = value;
        }
    }

    /// <summary>The culture of functions and of the initializer, in place of the caller's: <see cref="CultureInfo.CurrentCulture"/> and <see cref="CultureInfo.CurrentUICulture"/>.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>Environment variables that functions see besides, or in place of, those of this process; null in place of a value for one that they do not see.</summary>
    /// <remarks>They are set when the worker has started, as far as .NET's code sees them: native code on Unix sees those that the process was started with.</remarks>
    /// <exception cref="ArgumentException">A name is empty, or contains <c>=</c> or a NUL.</exception>
    public IReadOnlyDictionary<string, string?>? EnvironmentVariables
    {
        get;
        init
        {
            foreach (string name in value?.Keys ?? [])
            {
                if (name.Length == 0 || name.AsSpan().ContainsAny('=', '\0'))
                {
                    throw new ArgumentException($"'{name}' is no name of an environment variable.", nameof(EnvironmentVariables));
                }
            }

            field = value;
        }
    }

    /// <summary>The priority of the workers' processes; null, unless given, for that of this process. On Linux, to raise it above the usual one takes the right to do so (CAP_SYS_NICE).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such priority.</exception>
    public ProcessPriorityClass? Priority
    {
        get => (ProcessPriorityClass?)_priority;
        init
        {
            if (value is { } priority && !Enum.IsDefined(priority))
            {
                throw new ArgumentOutOfRangeException(nameof(Priority), value, "There is no such priority.");
            }

            _priority = (int?)value;
        }
    }

    /// <summary>The processors on which the workers may run, by the system's numbers from 0 on; null, unless given, for those of this process. All workers share them. What they see of them is a matter of <see cref="ProcessorsPerWorker"/>.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or more than the system takes.</exception>
    /// <exception cref="PlatformNotSupportedException">The system lets nobody choose: it is neither Linux nor Windows.</exception>
    [SupportedOSPlatform("linux")]
    [SupportedOSPlatform("windows")]
    public IReadOnlyCollection<int>? ProcessorAffinity
    {
        get;
        init
        {
            if (value is not null)
            {
                ProcessorSet.Check(value, nameof(ProcessorAffinity));
            }

            field = value;
        }
    }

    /// <summary>After how long without a call the workers end, to be started anew by the next one; null, unless given, for never. They end by themselves, as those of a pool that is completed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or more than 24 days.</exception>
    public TimeSpan? IdleTimeout
    {
        get;
        init
        {
            if (value is { } limit)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero, nameof(IdleTimeout));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, TimeSpan.FromMilliseconds(int.MaxValue), nameof(IdleTimeout));
            }

            field = value;
        }
    }

    /// <summary>How long functions that take a token have to end by themselves when it has been cancelled, before their workers are ended and replaced; one second unless given, and zero for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or more than 24 days.</exception>
    public TimeSpan CancellationGrace
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(CancellationGrace));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Cancellation.LongestGrace, nameof(CancellationGrace));
            field = value;
        }
    } = Cancellation.UsualGrace;

    /// <summary>As the layers below see them.</summary>
    /// <param name="usualName">The name of a pool that nobody gives one.</param>
    internal PoolSettings ToSettings(string usualName) => new()
    {
        Size = Processes ?? Environment.ProcessorCount,
        Name = Name ?? usualName,
        Initializer = Initializer,
        ProcessorsPerWorker = ProcessorsPerWorker,
        MostTasks = MaxTasksPerWorker,
        MostMemory = MaxMemoryPerWorker,
        Grace = CancellationGrace,
        IdleTimeout = IdleTimeout,
        Surroundings = new Surroundings(Culture, EnvironmentVariables is { Count: > 0 } variables ? new Dictionary<string, string?>(variables) : null),
#pragma warning disable CA1416 // It is null elsewhere.
        Scheduling = _priority is null && ProcessorAffinity is null ? null : ToScheduling(),
#pragma warning restore CA1416
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ProcessScheduling ToScheduling() =>
#pragma warning disable CA1416 // It is null elsewhere.
        new(Priority, ProcessorAffinity is { } processors ? [.. processors] : null);
#pragma warning restore CA1416

    private static int? AtLeastOne(int? value, string name)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, name);
        }

        return value;
    }
}
