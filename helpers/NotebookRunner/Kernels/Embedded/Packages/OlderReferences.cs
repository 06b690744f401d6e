using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>
/// What restored assemblies call each other. Each was built against a version of the others that was there at the time; a restore brings one version of each, the newest that any asked
/// for, and the references of the rest have to lead to it. In a program the host does that; in a notebook, where assemblies come one cell after another, nobody would.
/// </summary>
internal static class OlderReferences
{
    /// <summary>The older names by which the assemblies refer to one another, each with the file that has to come.</summary>
    public static IEnumerable<(AssemblyName Name, string Path)> Find(IReadOnlyList<string> assemblies)
    {
        var files = assemblies
            .Select(path => (Name: AssemblyName.GetAssemblyName(path), Path: path))
            .ToLookup(file => file.Name.Name, StringComparer.OrdinalIgnoreCase);
        return
            from path in assemblies
            from asked in ReferencesOf(path)
            from file in files[asked.Name]
            where asked.Version < file.Name.Version && IsSameMaker(asked, file.Name)
            select (asked, file.Path);
    }

    private static List<AssemblyName> ReferencesOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())];
    }

    private static bool IsSameMaker(AssemblyName asked, AssemblyName file) =>
        (asked.GetPublicKeyToken() ?? []).AsSpan().SequenceEqual(file.GetPublicKeyToken() ?? []);
}
