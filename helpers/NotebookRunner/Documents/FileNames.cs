namespace NotebookRunner.Documents;

/// <summary>How the names of files compare on this system: the file systems of Windows and macOS, as they come, do not tell capitals from small letters.</summary>
internal static class FileNames
{
    internal static StringComparison Comparison { get; } = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    internal static StringComparer Comparer { get; } = StringComparer.FromComparison(Comparison);

    /// <summary>The path of a file as the folder has its name, which may be written otherwise than whoever asks for it has written it.</summary>
    internal static string AsInFolder(string path) => Comparison == StringComparison.Ordinal
        ? path
        : Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path)).FirstOrDefault(file => file.Equals(path, Comparison)) ?? path;

    /// <summary>Whether Windows would look for a path on another machine, and tell that one who asks.</summary>
    internal static bool LeadsToOtherMachine(string path) => path is ['/' or '\\', '/' or '\\', ..];
}
