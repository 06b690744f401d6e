namespace Testing;

/// <summary>
/// What Wine does not do as Windows does, so that a test which needs it shows nothing there and is skipped. A gap is one only if a bare .NET program, with no code of ours, has it, too:
/// the verb of that name of .ci/windows-gaps, which .ci/windows runs. When it has the gap no longer, that fails, and the entry here is to go.
/// </summary>
internal static class WineGaps
{
    /// <summary>Verb <c>access</c>.</summary>
    public const string Access = "in Wine a file does not get from its folder who may access it";

    /// <summary>Verb <c>control-break</c>.</summary>
    public const string ControlBreak = "Wine presses Ctrl-C in a console for a program that asks for it, and no Ctrl-Break";

    /// <summary>Verb <c>cultures</c>.</summary>
    public const string Cultures = "Wine lacks ICU, and its own data of cultures has no names of months and days in Persian, among others";

    /// <summary>Verb <c>fail-fast</c>.</summary>
    public const string FailFast = "a program that fails fast has an exit code of Wine's own, not the one that it gives";

    /// <summary>Verb <c>job-limits</c>.</summary>
    public const string JobLimits = "Wine takes note of a job's limits on memory and processor time, and keeps none";

    /// <summary>Verb <c>links</c>.</summary>
    public const string Links = "Wine makes no links between folders, and says that it has";

    /// <summary>Verb <c>owners</c>.</summary>
    public const string Owners = "in Wine all files are this user's, whoever is said to be the owner";

    /// <summary>Verb <c>placeholders</c>.</summary>
    public const string Placeholders = "Wine reserves no memory that files are to take the place of, as the runtime does for a program that is one file: it does not start";

    /// <summary>Verb <c>processor-times</c>.</summary>
    public const string ProcessorTimes = "Wine tells of every process how long the asking one has worked";

    /// <summary>Verb <c>stack-overflow</c>.</summary>
    public const string StackOverflow = "a program whose stack overflows hangs in Wine, and neither reports nor ends";
}
