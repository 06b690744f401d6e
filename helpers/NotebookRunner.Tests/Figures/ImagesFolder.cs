using NotebookRunner.Execution;

namespace NotebookRunner.Tests.Figures;

/// <summary>The figures of this repository, and the page that describes their language.</summary>
internal static class ImagesFolder
{
    internal static string Path { get; } = System.IO.Path.Combine(
        NotebookFiles.FindRepository(AppContext.BaseDirectory) ?? throw new DirectoryNotFoundException("The tests must run from inside the repository."), "images");

    internal static IEnumerable<string> FileNames => Directory.EnumerateFiles(Path, "*.svg").Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal);

    internal static string Readme => File.ReadAllText(System.IO.Path.Combine(Path, "README.md"));
}
