using NotebookRunner.Documents;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>The assemblies that this process can load without being told where they are: those of .NET, and the kernel's own.</summary>
internal static class ProcessAssemblies
{
    private static readonly Dictionary<string, string> Paths =
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(paths => paths.Key, paths => paths.First(), StringComparer.OrdinalIgnoreCase);

    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Those that every .NET program has.</summary>
    public static IEnumerable<string> OfFramework => Paths.Values.Where(path => string.Equals(Path.GetDirectoryName(path), Framework, FileNames.Comparison));

    /// <summary>The file of an assembly of this name; null if the process has none.</summary>
    public static string? Find(string name) => Paths.GetValueOrDefault(name);

    /// <summary>Whether a file is one of the kernel's own libraries.</summary>
    public static bool IsOfKernel(string path) => path.StartsWith(AppContext.BaseDirectory, FileNames.Comparison);
}
