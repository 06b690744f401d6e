namespace Multiprocessing.Notebooks.Display;

/// <summary>What is known of an exception; nothing of one that somebody made without it.</summary>
internal static class ExceptionRows
{
    private const string FrameStart = "   at ";

    public static SummaryRow[] OfOriginal(string type) => type.Length == 0 ? [] : [new("원래 예외 형식", type)];

    /// <summary>Where it was thrown: the reader's own line, which the frames of .NET may come before.</summary>
    public static IEnumerable<SummaryRow> OfPlace(string stackTrace)
    {
        string[] frames = [.. stackTrace.Split('\n').Where(static line => line.StartsWith(FrameStart, StringComparison.Ordinal)).Select(static line => line[FrameStart.Length..].TrimEnd())];
        if ((frames.FirstOrDefault(static frame => frame.StartsWith("Submission#", StringComparison.Ordinal)) ?? frames.FirstOrDefault()) is { } place)
            yield return new("던진 곳", place);
    }

    public static SummaryRow[] OfWorker(string name, int processId) =>
        processId == 0 ? [] : [new("작업 프로세스", name), new("프로세스 번호", SummaryText.Of(processId))];

    public static SummaryRow[] OfExit(int processId, int code, string? signal) => processId == 0 ? [] : [OfExit(code, signal)];

    public static SummaryRow OfExit(int code, string? signal) =>
        new("종료 코드", signal is null ? SummaryText.Of(code) : $"{SummaryText.Of(code)} ({signal})");

    /// <param name="index">Which input of a pool's call it was, from 0.</param>
    /// <param name="others">The exceptions for other inputs.</param>
    public static IEnumerable<SummaryRow> OfInputs(int? index, IReadOnlyList<Exception> others)
    {
        if (index is { } input)
            yield return new("입력 위치 (0부터)", SummaryText.Of(input));
        if (others.Count > 0)
            yield return new("다른 입력의 예외 수", SummaryText.Of(others.Count));
    }
}
