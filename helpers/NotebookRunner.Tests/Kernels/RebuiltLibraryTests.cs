using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookRunner.Tests.Kernels;

/// <summary>A DLL that a notebook references, and that is built anew while the kernel runs.</summary>
public sealed class RebuiltLibraryTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [Fact]
    public async Task Stays_what_it_was_until_the_kernel_is_restarted_and_a_cell_that_names_it_again_says_so()
    {
        string path = Path.Combine(kernels.Folder, "Rebuilt.dll");
        Build(path, 1);
        var kernel = await kernels.GetAsync();
        string reference = $"#r \"{Chapter.ChapterFolder.Path}/../helpers/bin/Multiprocessing.dll\"\n#r \"{path}\"\nusing Multiprocessing;\n";
        Assert.Equal("1", (await kernel.ExecuteAsync($"{reference}Console.Write(Rebuilt.Version());")).Output());

        Build(path + ".new", 2);
        // Also on Windows, where a file that is loaded is locked.
        File.Move(path + ".new", path, overwrite: true);

        var again = await kernel.ExecuteAsync($"{reference}Console.Write(Rebuilt.Version());");
        Assert.Equal("1", again.Output());
        Assert.Equal("Rebuilt.dll was rebuilt after this notebook had loaded it: what runs is the one that was loaded. Restart the kernel to run the new one.\n", again.ErrorOutput());
        Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(await WorkerProcess.RunAsync(() => Rebuilt.Version()));")).Output());
    }

    private static void Build(string path, int version) => Assert.True(CSharpCompilation.Create(
        "Rebuilt",
        [CSharpSyntaxTree.ParseText(string.Create(CultureInfo.InvariantCulture, $"public static class Rebuilt {{ public static int Version() => {version}; }}"))],
        [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path).Success);
}
