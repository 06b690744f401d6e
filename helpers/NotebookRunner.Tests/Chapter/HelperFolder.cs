namespace NotebookRunner.Tests.Chapter;

/// <summary>The folder that the notebooks reference the helper assembly in.</summary>
internal static class HelperFolder
{
    internal static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(ChapterFolder.Path, "..", "helpers", "bin"));

    /// <summary>Whether the kernel extension has been built.</summary>
    internal static bool HasExtension => File.Exists(System.IO.Path.Combine(Path, "Multiprocessing.Interactive.dll"));
}
