using System.Text.RegularExpressions;
using NotebookRunner.Documents;

namespace NotebookRunner.Execution;

/// <summary>Finds the notebooks that a command line means.</summary>
internal static partial class NotebookFiles
{
    /// <summary>The folder that holds the repository's notebooks, and its name.</summary>
    internal const string FolderName = "notebooks";

    /// <summary>Where the repository begins: the nearest folder from here upward that has a folder of notebooks; null if there is none.</summary>
    internal static string? FindRepository(string startFolder)
    {
        for (string? folder = startFolder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(Path.Combine(folder, FolderName)))
                return folder;
        }

        return null;
    }

    /// <summary>The notebooks in these files and folders; without any, those of the repository.</summary>
    /// <exception cref="InvalidInputException">A path leads nowhere, or a folder holds no notebook.</exception>
    internal static IReadOnlyList<NotebookFile> Find(IReadOnlyList<string> paths) =>
        [.. OrRepository(paths).SelectMany(Expand).DistinctBy(file => file.FullPath, FileNames.Comparer)];

    /// <summary>Those of the paths that are folders; without any path, the folder of the repository's notebooks.</summary>
    internal static IReadOnlyList<string> FoldersAmong(IReadOnlyList<string> paths) =>
        [.. OrRepository(paths).Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).Where(Directory.Exists).Distinct(FileNames.Comparer)];

    /// <summary>Refuses notebooks of one name, where what comes of each goes to a file of that name.</summary>
    /// <exception cref="InvalidInputException">There are such.</exception>
    internal static void RequireDistinctNames(IReadOnlyList<NotebookFile> files)
    {
        if (files.GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } doubled)
        {
            throw new InvalidInputException(
                $"{string.Join(" and ", doubled.Select(file => file.DisplayName))} would be written to one place. "
                + "Run them one by one, each with its own --out.");
        }
    }

    private static IReadOnlyList<string> OrRepository(IReadOnlyList<string> paths)
    {
        if (paths.Count > 0)
            return paths;
        string repository = FindRepository(Environment.CurrentDirectory)
            ?? throw new InvalidInputException($"There is no folder '{FolderName}' here or above. Go to the repository or name the notebooks.");
        return [Path.Combine(repository, FolderName)];
    }

    // 30-10 comes after 30-9.
    private static string InNumericOrder(string file) => Digits().Replace(Path.GetFileName(file), number => number.Value.PadLeft(10, '0'));

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    private static IEnumerable<NotebookFile> Expand(string path)
    {
        string fullPath = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(fullPath))
            return [new NotebookFile(FileNames.AsInFolder(fullPath))];
        try
        {
            if (!Directory.Exists(fullPath) && FindByPattern(fullPath) is { Length: > 0 } matches)
                return matches;
            if (!Directory.Exists(fullPath))
                throw new InvalidInputException(path.StartsWith("--", StringComparison.Ordinal) ? $"There is no option {path}. See --help." : $"{path}: no such file or folder.");
            NotebookFile[] files = Match(fullPath, "*.ipynb");
            return files.Length > 0 ? files : throw new InvalidInputException($"{path}: no notebooks (*.ipynb) in this folder.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{path}: cannot be read ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
    }

    // The shells of Windows leave it to the programs.
    private static NotebookFile[] FindByPattern(string path) =>
        Path.GetFileName(path).AsSpan().ContainsAny('*', '?') && Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder) ? Match(folder, Path.GetFileName(path)) : [];

    private static NotebookFile[] Match(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(folder, pattern, new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .OrderBy(InNumericOrder, StringComparer.Ordinal)
            .Select(file => new NotebookFile(file)),
    ];
}
