using System.Globalization;

namespace Multiprocessing.Connections;

/// <summary>What a worker may take; null for what it may take without limit.</summary>
/// <param name="Time">How long it may run.</param>
/// <param name="ProcessorTime">How long it may keep a processor busy.</param>
/// <param name="Memory">How much memory of its own it may have, in bytes.</param>
internal sealed record WorkerLimits(TimeSpan? Time, TimeSpan? ProcessorTime, long? Memory)
{
    /// <summary>Linux ends a process by it that has used up its processor time.</summary>
    private const int SigXCpu = 24;

    /// <summary>With one of these Windows ends it: ERROR_NOT_ENOUGH_QUOTA, STATUS_QUOTA_EXCEEDED.</summary>
    private const int NotEnoughQuota = 1816, QuotaExceeded = unchecked((int)0xC000_0044);

    /// <summary>How a process ends there that has no more memory: STATUS_NO_MEMORY, STATUS_COMMITMENT_LIMIT, E_OUTOFMEMORY.</summary>
    private const int NoMemory = unchecked((int)0xC000_0017), NoPagingFile = unchecked((int)0xC000_012D), OutOfMemoryResult = unchecked((int)0x8007_000E);

    /// <summary>What the runtime says when it cannot go on without memory, in code of .NET or in its own, and when it cannot even begin (E_OUTOFMEMORY).</summary>
    private static readonly string[] OutOfMemory = ["Out of memory", "'PAL_SEHException'", "'std::bad_alloc'", "0x8007000E"];

    /// <summary>Whether there is one that the system sees to.</summary>
    public bool AreOfTheSystem => ProcessorTime is not null || Memory is not null;

    /// <summary>What a system without limits is told.</summary>
    public static PlatformNotSupportedException Unsupported() =>
        new("This system limits neither the memory nor the processor time of a worker: only Linux and Windows do. A TimeLimit works everywhere.");

    /// <summary>The limit by which a worker has ended; null if it has ended otherwise.</summary>
    /// <param name="exit">How it has ended.</param>
    /// <param name="lastErrorLines">What it said last.</param>
    /// <param name="isTimeUp">Whether it was ended since its time was up.</param>
    public WorkerLimit? Exceeded(WorkerExit exit, string lastErrorLines, bool isTimeUp) =>
        isTimeUp ? WorkerLimit.Time
        : ProcessorTime is not null && (OperatingSystem.IsWindows() ? exit.Code is NotEnoughQuota or QuotaExceeded : exit.Signal == SigXCpu) ? WorkerLimit.ProcessorTime
        : Memory is not null && exit.Code != WorkerExit.Returned && RanOutOfMemory(exit, lastErrorLines) ? WorkerLimit.Memory
        : null;

    /// <summary>Says that a limit was exceeded, and how much it was.</summary>
    public string Describe(WorkerLimit limit) => limit switch
    {
        WorkerLimit.Time => $"its function took longer than its time limit of {Seconds(Time)}",
        WorkerLimit.ProcessorTime => $"it took more processor time than its limit of {Seconds(ProcessorTime)}",
        _ => $"it needed more memory than its limit of {Megabytes}",
    };

    /// <summary>What to say besides of an exception of this type that a function threw; nothing for most.</summary>
    public string NoteOn(string exceptionType) => exceptionType is "System.OutOfMemoryException" or "System.InsufficientMemoryException" ? Note : "";

    /// <summary>What to say besides of an end that tells no reason: what runs out of memory at a bad moment, as when .NET starts, may not say so.</summary>
    public string NoteOn(WorkerExit exit) => exit.Code is WorkerExit.Returned or WorkerExit.Threw ? "" : Note;

    private static bool RanOutOfMemory(WorkerExit exit, string lastErrorLines) =>
        Array.Exists(OutOfMemory, sign => lastErrorLines.Contains(sign, StringComparison.Ordinal)) || (OperatingSystem.IsWindows() && exit.Code is NoMemory or NoPagingFile or OutOfMemoryResult);

    private string Note => Memory is null ? "" : $" The worker has a memory limit of {Megabytes}.";

    private string Megabytes => string.Create(CultureInfo.InvariantCulture, $"{Memory!.Value / (1024.0 * 1024):0.#} MB");

    private static string Seconds(TimeSpan? time) => string.Create(CultureInfo.InvariantCulture, $"{time!.Value.TotalSeconds:0.###} s");
}
