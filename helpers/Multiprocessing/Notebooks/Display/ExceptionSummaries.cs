namespace Multiprocessing.Notebooks.Display;

/// <summary>What is known of the exceptions of this library, at a glance.</summary>
internal static class ExceptionSummaries
{
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
        .. ExceptionRows.OfOriginal(thrown.OriginalType),
        .. ExceptionRows.OfPlace(thrown.WorkerStackTrace),
        .. ExceptionRows.OfWorker(thrown.WorkerName, thrown.ProcessId),
        .. ExceptionRows.OfInputs(thrown.InputIndex, thrown.OtherExceptions),
    ])
    {
        StackTrace = thrown.WorkerStackTrace,
    };

    private static Summary OfDeath(WorkerDiedException death) => new(nameof(WorkerDiedException),
    [
        new("메시지", death.Message),
        .. ExceptionRows.OfWorker(death.WorkerName, death.ProcessId),
        .. ExceptionRows.OfExit(death.ProcessId, death.ExitCode, death.Signal),
        .. ExceptionRows.OfInputs(death.InputIndex, death.OtherExceptions),
    ]);

    // The message says the way, shortened.
    private static Summary OfRefusal(NotShippableException refusal) => new(nameof(NotShippableException),
    [
        new("메시지", refusal.Message),
        .. refusal.Culprit is null ? Array.Empty<SummaryRow>() : [new("보낼 수 없는 형식", refusal.Culprit.ToString())],
        .. ExceptionRows.OfInputs(refusal.InputIndex, refusal.OtherExceptions),
    ]);
}
