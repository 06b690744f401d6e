using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Notebooks.Display;

/// <summary>What is known of the exceptions of this library, at a glance.</summary>
internal static class ExceptionSummaries
{
    private const string FrameStart = "   at ";

    public static Summary Of(Exception exception) => exception switch
    {
        WorkerException thrown => OfThrown(thrown),
        WorkerDiedException death => OfDeath(death),
        NotShippableException refusal => OfRefusal(refusal),
        _ => throw new ArgumentException($"{exception.GetType()} is shown by somebody else.", nameof(exception)),
    };

    private static Summary OfThrown(WorkerException thrown) => new(nameof(WorkerException),
    [
        new("메시지", thrown.Message),
        .. thrown.OriginalType.Length == 0 ? Array.Empty<SummaryRow>() : [new("원래 예외 형식", thrown.OriginalType)],
        .. OfPlace(thrown.WorkerStackTrace),
        .. OfWorker(thrown.WorkerName, thrown.ProcessId),
        .. OfInputs(thrown.InputIndex, thrown.OtherExceptions),
    ])
    {
        StackTrace = thrown.WorkerStackTrace,
    };

    private static Summary OfDeath(WorkerDiedException death) => new(nameof(WorkerDiedException),
    [
        new("메시지", death.Message),
        .. OfWorker(death.WorkerName, death.ProcessId),
        .. OfExit(death.ProcessId, death.ExitCode, death.Signal),
        .. OfLimit(death.ExceededLimit),
        .. OfInputs(death.InputIndex, death.OtherExceptions),
    ]);

    // The message says the way, shortened.
    private static Summary OfRefusal(NotShippableException refusal) => new(nameof(NotShippableException),
    [
        new("메시지", refusal.Message),
        .. refusal.Culprit is null ? Array.Empty<SummaryRow>() : [new("보낼 수 없는 형식", refusal.Culprit.ToString())],
        .. OfInputs(refusal.InputIndex, refusal.OtherExceptions),
    ]);

    /// <summary>Where it was thrown: the reader's own line, which the frames of .NET may come before.</summary>
    private static IEnumerable<SummaryRow> OfPlace(string stackTrace)
    {
        string[] frames =
        [
            .. stackTrace.Split('\n')
                .Where(static line => line.StartsWith(FrameStart, StringComparison.Ordinal))
                .Select(static line => line[FrameStart.Length..].TrimEnd()),
        ];
        if ((frames.FirstOrDefault(static frame => frame.StartsWith("Submission#", StringComparison.Ordinal)) ?? frames.FirstOrDefault()) is { } place)
            yield return new("던진 곳", place);
    }

    private static SummaryRow[] OfWorker(string name, int processId) =>
        processId == 0 ? [] : [new("작업 프로세스", name), new("프로세스 번호", Summary.Text(processId))];

    private static SummaryRow[] OfExit(int processId, int code, string? signal) => processId == 0 ? [] : [OfExit(code, signal)];

    /// <summary>How a process ended.</summary>
    public static SummaryRow OfExit(int code, string? signal) =>
        new("종료 코드", signal is not null ? $"{Summary.Text(code)} ({signal})" : OperatingSystem.IsWindows() ? WindowsExitCodes.Describe(code) : Summary.Text(code));

    private static IEnumerable<SummaryRow> OfLimit(WorkerLimit? exceeded)
    {
        if (exceeded is { } limit)
        {
            yield return new("넘은 제한", limit switch
            {
                WorkerLimit.Time => "시간",
                WorkerLimit.ProcessorTime => "CPU 시간",
                _ => "메모리",
            });
        }
    }

    /// <param name="index">Which input of a pool's call it was, from 0.</param>
    /// <param name="others">The exceptions for other inputs.</param>
    private static IEnumerable<SummaryRow> OfInputs(int? index, IReadOnlyList<Exception> others)
    {
        if (index is { } input)
            yield return new("입력 위치 (0부터)", Summary.Text(input));
        if (others.Count > 0)
            yield return new("다른 입력의 예외 수", Summary.Text(others.Count));
    }
}
