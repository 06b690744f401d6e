using System.Globalization;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NotebookRunner.Kernels.Embedded;
using NotebookRunner.Kernels.Embedded.Submissions;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels.Embedded;

/// <summary>A DLL that is named by <c>#r</c>, loaded, rebuilt, and named again.</summary>
public sealed class RebuiltAssembliesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ShadowCopies? _copies;
    private readonly RebuiltAssemblies _rebuilt;
    private readonly string _name = $"Library{Guid.NewGuid():N}";

    public RebuiltAssembliesTests()
    {
        // As a kernel does: Windows would let nobody build it anew.
        _copies = OperatingSystem.IsWindows() ? new(_folder["copies"]) : null;
        _rebuilt = new(_copies);
    }

    private string Library => _folder[_name + ".dll"];

    [Fact]
    public void One_that_was_rebuilt_after_it_was_loaded_is_told_in_one_line()
    {
        Build(1);
        Assert.Empty(Describe());
        Load();
        Assert.Empty(Describe());
        Build(2);
        Assert.Equal($"{_name}.dll was rebuilt after this notebook had loaded it: what runs is the one that was loaded. Restart the kernel to run the new one.", Assert.Single(Describe()));
    }

    [Fact]
    public void One_that_was_overwritten_in_place_is_told_too()
    {
        Build(1);
        Load();
        Build(2, _folder["new.dll"]);
        File.Copy(_folder["new.dll"], Library, overwrite: true);
        Assert.Single(Describe());
    }

    [Fact]
    public void One_that_was_rebuilt_before_it_was_loaded_is_not_told()
    {
        Build(1);
        _ = Describe();
        Build(2);
        Load();
        Assert.Empty(Describe());
    }

    [Fact]
    public void One_that_was_rebuilt_without_a_change_is_not_told()
    {
        Build(1);
        Load();
        Build(1);
        Assert.Empty(Describe());
    }

    [Fact]
    public void What_was_loaded_from_a_copy_is_known_if_somebody_says_so()
    {
        Build(1);
        _rebuilt.Note(Library, AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(File.ReadAllBytes(Library))).ManifestModule.ModuleVersionId);
        Assert.Empty(Describe());
        Build(2);
        Assert.Single(Describe());
    }

    [Fact]
    public void One_that_is_being_written_is_not_told()
    {
        Build(1);
        Load();
        File.Delete(Library);
        File.WriteAllText(Library, "MZ");
        Assert.Empty(Describe());
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<string> Describe() => _rebuilt.Describe([MetadataReference.CreateFromImage([]), MetadataReference.CreateFromFile(Library)]);

    private void Load() => new AssemblyLoadContext(null).LoadFromAssemblyPath(_copies?.Of(Library) ?? Library);

    private void Build(int number, string? path = null)
    {
        path ??= Library;
        File.Delete(path);
        var result = CSharpCompilation.Create(
            _name,
            [CSharpSyntaxTree.ParseText(string.Create(CultureInfo.InvariantCulture, $"public static class Some {{ public static int Number => {number}; }}"))],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, deterministic: true)).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }
}
