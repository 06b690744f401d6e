namespace NotebookRunner.Programs;

/// <summary>Looks for programs where a shell would: in the folders of the environment variable PATH.</summary>
internal static class SearchPath
{
    /// <summary>Where a command could be, in the order of the folders; the files need not be there.</summary>
    internal static IEnumerable<string> Candidates(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            // On Windows they may be quoted, since a semicolon may be part of a name.
            .Select(folder => Path.Combine(OperatingSystem.IsWindows() ? folder.Trim('"') : folder, FileName(command)));

    /// <summary>The name of a program's file.</summary>
    internal static string FileName(string command) =>
        OperatingSystem.IsWindows() && !command.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? command + ".exe" : command;
}
