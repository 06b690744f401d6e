using System.Resources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Multiprocessing.Tests.Serialization.Assemblies;

/// <summary>A folder with libraries that were compiled for a test.</summary>
internal sealed class LibraryFolder : IDisposable
{
    private static readonly string[] Framework = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(System.IO.Path.PathSeparator)
        .Where(static file => System.IO.Path.GetFileName(file) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "System.Collections.dll")];

    private const string Prefix = "한글 #r ";

    static LibraryFolder()
    {
        // Of earlier programs; one that runs now may still want its own.
        foreach (DirectoryInfo left in new DirectoryInfo(System.IO.Path.GetTempPath()).GetDirectories(Prefix + "*").Where(static folder => folder.CreationTimeUtc < DateTime.UtcNow.AddHours(-1)))
        {
            TryDelete(left.FullName);
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory(Prefix).FullName;

    /// <summary>The path of a library of that name.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name + ".dll");

    /// <summary>Compiles a library into the folder.</summary>
    /// <returns>Its path.</returns>
    public string Compile(string name, string code, params string[] references)
    {
        File.WriteAllBytes(this[name], Image(name, code, [], references));
        return this[name];
    }

    /// <summary>Compiles a satellite assembly, with one resource, into the folder's subfolder for the culture.</summary>
    public void CompileSatellite(string name, string culture, string key, string text)
    {
        string folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, culture)).FullName;
        byte[] image = Image($"{name}.resources", $"[assembly: System.Reflection.AssemblyCulture(\"{culture}\")]", [Resource($"Texts.{culture}.resources", key, text)]);
        File.WriteAllBytes(System.IO.Path.Combine(folder, $"{name}.resources.dll"), image);
    }

    public static ResourceDescription Resource(string name, string key, string text)
    {
        MemoryStream stream = new();
        using (ResourceWriter writer = new(stream))
        {
            writer.AddResource(key, text);
            writer.Generate();
            return new ResourceDescription(name, () => new MemoryStream(stream.ToArray()), isPublic: true);
        }
    }

    public static byte[] Image(string name, string code, ResourceDescription[]? resources = null, params string[] references)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(code)], [.. Framework.Concat(references).Select(static file => MetadataReference.CreateFromFile(file))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, deterministic: true));
        using MemoryStream image = new();
        Assert.Empty(compilation.Emit(image, manifestResources: resources).Diagnostics.Where(static found => found.Severity == DiagnosticSeverity.Error));
        return image.ToArray();
    }

    public void Dispose() => TryDelete(Path);

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows())
        {
            // What a process has loaded nobody can delete there.
        }
    }
}
