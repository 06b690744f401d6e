namespace NotebookRunner.Handouts;

/// <summary>The few words that a handout adds to the notebook's own.</summary>
internal sealed record HandoutLabels
{
    internal required string SkipToContent { get; init; }
    internal required string Contents { get; init; }
    internal required string Theme { get; init; }
    internal required string ThemeOfSystem { get; init; }
    internal required string Light { get; init; }
    internal required string Dark { get; init; }
    internal required string Notebooks { get; init; }
    internal required string OtherNotebooks { get; init; }
    internal required string Previous { get; init; }
    internal required string Next { get; init; }
    internal required string WholeChapter { get; init; }
    internal required string OnePage { get; init; }
    internal required string CodeCell { get; init; }
    internal required string Input { get; init; }
    internal required string Output { get; init; }
    internal required string StandardError { get; init; }
    internal required string Error { get; init; }
    internal required string ExpectedError { get; init; }
    internal required string StackTrace { get; init; }
    internal required string NotRun { get; init; }
    internal required string Skipped { get; init; }
    internal required string Notes { get; init; }
    internal required string Table { get; init; }
    internal required string Formula { get; init; }
    internal required string Image { get; init; }
    internal required string MissingImage { get; init; }
    internal required string EmbeddedPage { get; init; }
    internal required string MissingScript { get; init; }
    internal required string LeftOut { get; init; }

    /// <summary>How the heading of a section begins that tells where C# differs.</summary>
    internal required string InCSharp { get; init; }

    /// <summary>{0} is the number of minutes that a notebook takes.</summary>
    internal required string Minutes { get; init; }

    internal required string Needs { get; init; }

    /// <summary>{0} is the number of characters that were left out.</summary>
    internal required string Cut { get; init; }

    /// <summary>The labels for a page in this language: Korean, or else English.</summary>
    internal static HandoutLabels For(string language) =>
        language.StartsWith("ko", StringComparison.OrdinalIgnoreCase) ? Korean : English;

    private static HandoutLabels Korean { get; } = new()
    {
        SkipToContent = "본문으로 건너뛰기",
        Contents = "차례",
        Theme = "화면",
        ThemeOfSystem = "자동",
        Light = "밝게",
        Dark = "어둡게",
        Notebooks = "노트북 목록",
        OtherNotebooks = "앞뒤 노트북",
        Previous = "이전",
        Next = "다음",
        WholeChapter = "전체를 한 파일로 보기",
        OnePage = "인쇄하거나 처음부터 끝까지 이어서 읽을 때",
        CodeCell = "코드 셀",
        Input = "입력",
        Output = "출력",
        StandardError = "표준 오류(stderr)",
        Error = "오류",
        ExpectedError = "오류 (일부러 낸 것)",
        StackTrace = "스택 추적",
        NotRun = "아직 실행하지 않은 셀",
        Skipped = "건너뛴 셀",
        Notes = "메모",
        Table = "표",
        Formula = "수식",
        Image = "그림",
        MissingImage = "그림을 찾을 수 없음",
        EmbeddedPage = "다른 곳에 있는 내용",
        MissingScript = "이 유인물에 넣지 않은 스크립트",
        LeftOut = "이 유인물에 넣을 수 없는 출력",
        InCSharp = "C#에서는",
        Minutes = "약 {0}분",
        Needs = "준비물",
        Cut = "… 출력이 길어 {0}자를 줄였습니다.",
    };

    private static HandoutLabels English { get; } = new()
    {
        SkipToContent = "Skip to the content",
        Contents = "Contents",
        Theme = "Colours",
        ThemeOfSystem = "Automatic",
        Light = "Light",
        Dark = "Dark",
        Notebooks = "All notebooks",
        OtherNotebooks = "Other notebooks",
        Previous = "Previous",
        Next = "Next",
        WholeChapter = "Everything in one file",
        OnePage = "to print, or to read from beginning to end",
        CodeCell = "Code cell",
        Input = "In",
        Output = "Out",
        StandardError = "stderr",
        Error = "Error",
        ExpectedError = "Error (on purpose)",
        StackTrace = "Stack trace",
        NotRun = "cell not yet run",
        Skipped = "Cell passed over",
        Notes = "Notes",
        Table = "Table",
        Formula = "Formula",
        Image = "Image",
        MissingImage = "image not found",
        EmbeddedPage = "content from elsewhere",
        MissingScript = "script not in this handout",
        LeftOut = "output that cannot be in this handout",
        InCSharp = "In C#",
        Minutes = "about {0} min",
        Needs = "needs",
        Cut = "… {0} characters left out.",
    };
}
