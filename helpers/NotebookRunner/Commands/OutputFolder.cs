using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Commands;

/// <summary>Where results go: <c>notebooks/</c> for executed copies, <c>handouts/</c> for HTML.</summary>
internal sealed class OutputFolder
{
    private readonly string _path;

    /// <summary>Names the folder; nothing is made yet.</summary>
    /// <param name="path">What the user asked for; null for <c>out</c> in the repository, or here if this is not in one.</param>
    internal OutputFolder(string? path)
    {
        _path = Path.GetFullPath(path ?? Path.Combine(NotebookFiles.FindRepository(Environment.CurrentDirectory) ?? "", "out"));
    }

    internal string Notebooks => Path.Combine(_path, "notebooks");

    internal string Handouts => Path.Combine(_path, "handouts");

    /// <summary>Makes a folder and makes sure that files can be written there, before minutes go by in which cells run.</summary>
    /// <exception cref="InvalidInputException">They cannot.</exception>
    internal static void Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(
                $"{folder}: cannot be written ({exception.Message.ReplaceLineEndings(" ")}). Make it writable or choose another folder with --out.",
                exception);
        }
    }
}
