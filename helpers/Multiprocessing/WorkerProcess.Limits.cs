using System.Runtime.CompilerServices;
using Multiprocessing.Connections;

namespace Multiprocessing;

/// <content>What the process may take.</content>
public sealed partial class WorkerProcess
{
    /// <summary>What a timer takes.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(49);

    private readonly TimeSpan? _timeLimit;
    private readonly TimeSpan? _processorTimeLimit;
    private readonly long? _memoryLimit;

    /// <summary>How long the function may run, from <see cref="Start"/> on; null, unless given, for as long as it likes. Then the process is ended, and who waits gets a <see cref="WorkerDiedException"/> that says so.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero, or more than 49 days.</exception>
    public TimeSpan? TimeLimit
    {
        get => _timeLimit;
        init => _timeLimit = Check(value, LongestTime);
    }

    /// <summary>
    /// How long the function may keep processors busy, all its threads taken together; null, unless given, for as long as it likes. Then the system ends the process, and who waits gets a <see cref="WorkerDiedException"/> that
    /// says so. Linux counts in whole seconds, and may let it have one more; Windows counts the time in the system's own code for nothing. A process that the function starts has as much again.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is neither Linux nor Windows.</exception>
    public TimeSpan? ProcessorTimeLimit
    {
        get => _processorTimeLimit;
        init => _processorTimeLimit = CheckSystem(Check(value, TimeSpan.MaxValue / 2));
    }

    /// <summary>
    /// How much memory the process may have of its own, in bytes, of which .NET itself takes some 60 MB before the function begins; null, unless given, for as much as there is. Beyond that it gets no more:
    /// an <see cref="OutOfMemoryException"/> in the function, or, when .NET itself cannot go on, the end of the process. Who waits gets a <see cref="WorkerException"/> or a <see cref="WorkerDiedException"/> that names the limit.
    /// </summary>
    /// <remarks>
    /// What counts is memory that the process can write to and shares with nobody, that of native code and thread stacks too: on Linux RLIMIT_DATA, on Windows what is committed (a job object). Shared memory, as that of a
    /// <see cref="SharedArray{T}"/>, does not. A process that the function starts has as much again.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is neither Linux nor Windows.</exception>
    public long? MemoryLimit
    {
        get => _memoryLimit;
        init
        {
            if (value is { } limit)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit, nameof(MemoryLimit));
            }

            _memoryLimit = CheckSystem(value);
        }
    }

    private WorkerLimits? Limits => _timeLimit is null && _processorTimeLimit is null && _memoryLimit is null ? null : new WorkerLimits(_timeLimit, _processorTimeLimit, _memoryLimit);

    private static TimeSpan? Check(TimeSpan? value, TimeSpan longest, [CallerMemberName] string name = "")
    {
        if (value is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, longest, name);
        }

        return value;
    }

    private static T? CheckSystem<T>(T? limit)
        where T : struct => limit is null || OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? limit : throw WorkerLimits.Unsupported();
}
