using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NotebookRunner.Kernels.Embedded;
using NotebookRunner.Kernels.Embedded.Submissions;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels.Embedded.Submissions;

/// <summary>DLLs that cells reference are loaded from copies. That is done on Windows, where files that are loaded are locked, and can be done everywhere.</summary>
public sealed class ShadowCopiesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _name = $"Library{Guid.NewGuid():N}";

    private string Library => _folder["lib", _name + ".dll"];

    private string Root => _folder["copies"];

    public void Dispose()
    {
        try
        {
            _folder.Dispose();
        }
        catch (IOException) when (OperatingSystem.IsWindows())
        {
            // What this process holds until it ends.
        }
    }

    [Fact]
    public void A_cell_runs_the_copy_and_the_file_can_be_written_to()
    {
        Build(Library, 1);
        var session = new CSharpSession(copies: new(Root));

        Assert.Equal(1, session.Run($"#r \"{Library}\"\nSome.Number", "cell 1", CancellationToken.None).Value);
        Assert.StartsWith(Root, (string)session.Run("typeof(Some).Assembly.Location", "cell 2", CancellationToken.None).Value!, StringComparison.Ordinal);
        Build(Library, 2);
        Assert.Equal(1, session.Run("Some.Number", "cell 3", CancellationToken.None).Value);
    }

    [Fact]
    public void One_that_was_rebuilt_is_told_by_its_own_name()
    {
        Build(Library, 1);
        var copies = new ShadowCopies(Root);
        var rebuilt = new RebuiltAssemblies(copies);
        new CSharpSession(rebuilt, copies).Run($"#r \"{Library}\"\nSome.Number", "cell 1", CancellationToken.None);
        PortableExecutableReference[] reference = [MetadataReference.CreateFromFile(Library)];

        Assert.Empty(rebuilt.Describe(reference));
        Build(Library, 2);
        Assert.StartsWith($"{_name}.dll was rebuilt", Assert.Single(rebuilt.Describe(reference)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_beside_it_and_is_needed_is_loaded_from_a_copy_too()
    {
        string other = _folder["lib", $"Other{_name}.dll"];
        Build(other, 7, "Other");
        Build(Library, "Other.Number + 1", other);
        var session = new CSharpSession(copies: new(Root));

        Assert.Equal(8, session.Run($"#r \"{Library}\"\nSome.Number", "cell 1", CancellationToken.None).Value);
        Build(other, 9, "Other");
    }

    [Fact]
    public void With_it_come_its_symbols_and_its_texts_in_other_languages()
    {
        foreach (string file in (string[])["A.dll", "A.pdb", "A.deps.json", "A.xml", "A.B.dll", "B.dll", "data.txt", "ko/A.resources.dll", "ko/B.resources.dll"])
            _folder.Write(Path.Combine("lib", file), file);

        string copy = new ShadowCopies(Root).Of(_folder["lib", "A.dll"]);

        string folder = Path.GetDirectoryName(copy)!;
        Assert.Equal(
            ["A.dll", "A.pdb", "ko/A.resources.dll"],
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_of_one_name_in_two_folders_have_a_copy_each_which_stays_what_it_was()
    {
        _folder.Write("1/A.dll", "one");
        _folder.Write("2/A.dll", "two");
        var copies = new ShadowCopies(Root);
        string[] made = [copies.Of(_folder["1", "A.dll"]), copies.Of(_folder["2", "A.dll"])];
        _folder.Write("1/A.dll", "new");

        Assert.Equal(["one", "two"], made.Select(File.ReadAllText));
        Assert.Equal(made[0], copies.Of(_folder["1", "A.dll"]));
        Assert.Equal(_folder["2", "A.dll"], copies.FindOriginal(made[1]));
        Assert.Null(copies.FindOriginal(_folder["2", "A.dll"]));
    }

    [Fact]
    public void What_cannot_be_copied_is_loaded_from_where_it_is()
    {
        string path = _folder.Write("A.dll", "one");
        string none = _folder.Write("file", "where a folder would have to be made");

        Assert.Equal(path, new ShadowCopies(Path.Combine(none, "copies")).Of(path));
    }

    [Fact]
    public void The_copies_of_a_kernel_that_has_ended_are_swept_and_those_of_one_that_lives_are_not()
    {
        string path = _folder.Write("A.dll", "one");
        string left = _folder.Write("copies/7-left/0/A.dll", "left");
        File.SetAttributes(left, FileAttributes.Normal);
        string living = new ShadowCopies(Root).Of(path);

        new ShadowCopies(Root).Sweep();

        Assert.True(File.Exists(living));
        Assert.Equal(Path.GetDirectoryName(Path.GetDirectoryName(living)), Assert.Single(Directory.GetDirectories(Root)));
        Assert.Equal(2, Directory.GetFileSystemEntries(Root).Length);
    }

    [UnixFact]
    public void A_native_library_beside_it_is_found()
    {
        string native = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, OperatingSystem.IsMacOS() ? "libSystem.Native.dylib" : "libSystem.Native.so");
        Build(Library, "GetPid(); [System.Runtime.InteropServices.DllImport(\"beside\", EntryPoint = \"SystemNative_GetPid\")] static extern int GetPid()");
        File.Copy(native, _folder["lib", "libbeside" + Path.GetExtension(native)]);

        Assert.Equal(Environment.ProcessId, new CSharpSession(copies: new(Root)).Run($"#r \"{Library}\"\nSome.Number", "cell 1", CancellationToken.None).Value);
    }

    private void Build(string path, int number, string type = "Some") => Build(path, number.ToString(CultureInfo.InvariantCulture), type: type);

    private void Build(string path, string number, string? reference = null, string type = "Some")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var result = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [CSharpSyntaxTree.ParseText($"public static class {type} {{ public static int Number => {number}; }}")],
            [.. ((string?[])[typeof(object).Assembly.Location, reference]).OfType<string>().Select(file => MetadataReference.CreateFromFile(file))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }
}
