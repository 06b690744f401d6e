using System.Globalization;
using Multiprocessing.Connections;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing;

/// <summary>A worker process ended before its function did: it exited, crashed, overflowed its stack or was killed.</summary>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class WorkerDiedException : WorkerFailureException
{
    /// <summary>What the runtime writes before the message of a <see cref="Environment.FailFast(string)"/>, and nothing more if it cannot write that.</summary>
    private const string FailFastReport = "Process terminated.";

    /// <summary>Initializes the exception with a standard message.</summary>
    public WorkerDiedException()
        : this("A worker process ended before its function did.")
    {
    }

    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What happened.</param>
    public WorkerDiedException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes the exception with the error behind it.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The error behind it.</param>
    public WorkerDiedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Initializes the exception with the end of a worker, which has ended.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="limit">The limit by which it has ended; null for none.</param>
    internal WorkerDiedException(WorkerConnection worker, WorkerLimit? limit = null)
        : base(Describe(worker, limit), worker.Failure)
    {
        ExceededLimit = limit;
        WorkerName = worker.Name;
        ProcessId = worker.ProcessId;
        ExitCode = worker.Exit.Code;
        Signal = worker.Exit.Signal == 0 ? null : SignalNames.Of(worker.Exit.Signal);
        LastErrorLines = worker.LastErrorLines;
    }

    internal WorkerDiedException(WorkerDiedException death, int index, string input)
        : base($"{death.Message.TrimEnd()}{(death.LastErrorLines.Length == 0 ? ' ' : '\n')}It was working on {input}.", death)
    {
        WorkerName = death.WorkerName;
        ProcessId = death.ProcessId;
        ExitCode = death.ExitCode;
        Signal = death.Signal;
        ExceededLimit = death.ExceededLimit;
        LastErrorLines = death.LastErrorLines;
        InputIndex = index;
    }

    /// <summary>The exit code, as <see cref="System.Diagnostics.Process.ExitCode"/> has it: for a process that a signal ended, 128 and the signal's number; for one that crashed on Windows, the number of the error (NTSTATUS).</summary>
    public int ExitCode { get; }

    /// <summary>The name of the signal that ended the process, such as <c>SIGKILL</c>; null if it exited, and always on Windows.</summary>
    public string? Signal { get; }

    /// <summary>The limit that the worker has exceeded, which is why it was ended; null if it has ended of something else.</summary>
    public WorkerLimit? ExceededLimit { get; }

    /// <summary>The last lines that the process wrote to its standard error, at most 30.</summary>
    /// <remarks>
    /// Of a crash they are what the runtime says of it. It loses the message of <see cref="Environment.FailFast(string)"/>, and the stack trace with it, if that takes more than two bytes of UTF-8 a
    /// character, as Korean does without much else in it.
    /// </remarks>
    public string LastErrorLines { get; } = "";

    private static string Describe(WorkerConnection worker, WorkerLimit? limit)
    {
        string which = string.Create(CultureInfo.InvariantCulture, $"Worker '{worker.Name}' (process {worker.ProcessId})");
        if (worker.Failure is { } failure)
        {
            return $"{which} was given up: {failure.Message}";
        }

        if (limit is { } exceeded)
        {
            return $"{which} was ended: {worker.Limits!.Describe(exceeded)}.";
        }

        string cause = worker.Exit.Signal != 0
            ? $"was ended by {SignalNames.Of(worker.Exit.Signal)}"
            : OperatingSystem.IsWindows() ? WindowsExitCodes.DescribeEnd(worker.Exit.Code)
            : string.Create(CultureInfo.InvariantCulture, $"exited with code {worker.Exit.Code}");
        return $"{which} {cause} before its function returned.{worker.Limits?.NoteOn(worker.Exit)}{Report(worker.LastErrorLines)}";
    }

    private static string Report(string lastErrorLines)
    {
        if (lastErrorLines.Length == 0)
        {
            return "";
        }

        // Else the message follows, or at least a stack trace.
        string hint = lastErrorLines.Split('\n')[^1] == FailFastReport
            ? "\n(.NET has lost the message of Environment.FailFast, as it does with one that is mostly Korean: write it to Console.Error first.)"
            : "";
        return $" Its last error output:\n{lastErrorLines}{hint}";
    }
}
