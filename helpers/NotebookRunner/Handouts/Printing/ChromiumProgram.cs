using NotebookRunner.Programs;

namespace NotebookRunner.Handouts.Printing;

/// <summary>The browser of the Chromium family on this machine, which prints and draws: Chromium, Chrome or Edge.</summary>
internal static class ChromiumProgram
{
    /// <summary>The environment variable that names the program, where it is in no usual place.</summary>
    internal const string Variable = "CHROME";

    private static readonly string[] Commands =
    [
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge",
    ];

    /// <summary>What the variable names; null if nothing.</summary>
    internal static string? Named => PathVariable.Read(Variable);

    /// <summary>Finds the program.</summary>
    /// <returns>Its path; null if there is none, or if the one that the variable names is not there.</returns>
    internal static string? Find() =>
        Named is { } named
            ? Candidates(named).FirstOrDefault(File.Exists)
            : Commands.SelectMany(SearchPath.Candidates).Concat(UsualPlaces()).FirstOrDefault(File.Exists);

    /// <summary>What to tell whoever asks for what only a browser does, where none is found.</summary>
    /// <param name="option">What was asked for.</param>
    internal static string MissingFor(string option) => Named is { } named
        ? $"{option}: there is no program '{named}', which the environment variable {Variable} names."
        : $"{option} needs Chromium, Chrome or Edge: install one, or name its program in the environment variable {Variable}.";

    private static IEnumerable<string> Candidates(string named) => named.AsSpan().ContainsAny('/', '\\') ? [Path.GetFullPath(named)] : SearchPath.Candidates(named);

    private static IEnumerable<string> UsualPlaces()
    {
        if (OperatingSystem.IsMacOS())
        {
            return
                from applications in (string[])["/Applications", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Applications")]
                from name in (string[])["Google Chrome", "Chromium", "Microsoft Edge"]
                select Path.Combine(applications, name + ".app", "Contents", "MacOS", name);
        }

        if (!OperatingSystem.IsWindows())
            return [];
        return
            from name in (string[])[@"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"]
            from folder in (Environment.SpecialFolder[])
            [
                Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData,
            ]
            select Path.Combine(Environment.GetFolderPath(folder), name);
    }
}
