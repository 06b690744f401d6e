namespace NotebookRunner.Handouts;

/// <summary>The few words that a handout adds to the notebook's own.</summary>
internal sealed record HandoutLabels
{
    internal required string Contents { get; init; }
    internal required string CodeCell { get; init; }
    internal required string Output { get; init; }
    internal required string StandardError { get; init; }
    internal required string Error { get; init; }
    internal required string ExpectedError { get; init; }
    internal required string StackTrace { get; init; }
    internal required string NotRun { get; init; }
    internal required string Image { get; init; }
    internal required string MissingImage { get; init; }

    /// <summary>{0} is the number of characters that were left out.</summary>
    internal required string Cut { get; init; }

    /// <summary>The labels for a page in this language: Korean, or else English.</summary>
    internal static HandoutLabels For(string language) =>
        language.StartsWith("ko", StringComparison.OrdinalIgnoreCase) ? Korean : English;

    private static HandoutLabels Korean { get; } = new()
    {
        Contents = "차례",
        CodeCell = "코드 셀",
        Output = "출력",
        StandardError = "표준 오류(stderr)",
        Error = "오류",
        ExpectedError = "오류 (일부러 낸 것)",
        StackTrace = "스택 추적",
        NotRun = "아직 실행하지 않은 셀",
        Image = "그림",
        MissingImage = "그림을 찾을 수 없음",
        Cut = "… 출력이 길어 {0}자를 줄였습니다.",
    };

    private static HandoutLabels English { get; } = new()
    {
        Contents = "Contents",
        CodeCell = "Code cell",
        Output = "Output",
        StandardError = "stderr",
        Error = "Error",
        ExpectedError = "Error (on purpose)",
        StackTrace = "Stack trace",
        NotRun = "cell not yet run",
        Image = "Image",
        MissingImage = "image not found",
        Cut = "… {0} characters left out.",
    };
}
