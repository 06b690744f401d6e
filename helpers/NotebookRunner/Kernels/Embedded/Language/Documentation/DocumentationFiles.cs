using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.CodeAnalysis;
using NotebookRunner.Documents;

namespace NotebookRunner.Kernels.Embedded.Language.Documentation;

/// <summary>
/// The XML files that lie beside assemblies; those of .NET itself lie in the SDK's pack of reference assemblies, if they are there. They are not parsed, which would take seconds, but searched.
/// </summary>
internal static class DocumentationFiles
{
    // What the core library holds is spread over several reference assemblies.
    private static readonly string[] CoreFiles = ["System.Runtime", "System.Collections", "System.Threading", "System.Threading.Thread", "System.Memory", "System.Runtime.InteropServices"];

    private static readonly string RuntimeFolder = RuntimeEnvironment.GetRuntimeDirectory();
    private static readonly string? ReferenceFolder = FindReferenceFolder();
    private static readonly ConcurrentDictionary<string, byte[]> Files = new();
    private static readonly ConcurrentDictionary<(string File, string Id), string?> Found = new();

    /// <summary>Finds the element about a symbol.</summary>
    /// <returns>Null if there is none.</returns>
    public static string? Find(ISymbol symbol, Compilation compilation)
    {
        if (symbol.GetDocumentationCommentId() is not { } id || symbol.ContainingAssembly is not { } assembly)
            return null;
        return FilesOf(assembly, compilation)
            .Select(file => Found.GetOrAdd((file, id), static key => Find(Files.GetOrAdd(key.File, Read), key.Id)))
            .FirstOrDefault(found => found is not null);
    }

    private static string? Find(byte[] file, string id)
    {
        int from = file.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"<member name=\"{id}\""));
        if (from < 0)
            return null;
        int length = file.AsSpan(from).IndexOf("</member>"u8);
        return length < 0 ? null : Encoding.UTF8.GetString(file.AsSpan(from, length)) + "</member>";
    }

    private static IEnumerable<string> FilesOf(IAssemblySymbol assembly, Compilation compilation)
    {
        string? path = (compilation.GetMetadataReference(assembly) as PortableExecutableReference)?.FilePath;
        if (path is null)
            return [];
        string name = Path.GetFileNameWithoutExtension(path);
        bool isOfRuntime = string.Equals(Path.GetDirectoryName(path), Path.TrimEndingDirectorySeparator(RuntimeFolder), FileNames.Comparison);
        if (!isOfRuntime || ReferenceFolder is null)
            return [Path.ChangeExtension(path, ".xml")];
        return (name == "System.Private.CoreLib" ? CoreFiles : [name]).Select(file => Path.Combine(ReferenceFolder, file + ".xml"));
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // <root>/shared/Microsoft.NETCore.App/10.0.1/ -> <root>/packs/Microsoft.NETCore.App.Ref/10.0.1/ref/net10.0
    private static string? FindReferenceFolder()
    {
        string packs = Path.GetFullPath(Path.Combine(RuntimeFolder, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        string framework = $"net{Environment.Version.Major}.{Environment.Version.Minor}";
        return Directory.Exists(packs)
            ? Directory.GetDirectories(packs).Select(pack => Path.Combine(pack, "ref", framework)).FirstOrDefault(Directory.Exists)
            : null;
    }
}
