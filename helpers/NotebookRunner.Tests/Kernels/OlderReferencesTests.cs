using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NotebookRunner.Kernels.Embedded;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels;

/// <summary>Assemblies of packages that were built against other versions of each other than those that a restore brings.</summary>
public sealed class OlderReferencesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_newer_version_stands_in_for_the_older_one_that_an_assembly_was_built_against_and_is_the_same_for_all()
    {
        string old = Compile("old/Library.dll", Library(1));
        string library = Compile("new/Library.dll", Library(2));
        string user = Compile("user/User.dll", "public static class User { public static int Get() => Library.Version; public static System.Type Type => typeof(Library); }", old);

        var session = new CSharpSession();
        session.AddAssemblies([library, user], [library, user]);

        Assert.Equal(2, session.Run("User.Get()", "cell 1", CancellationToken.None).Value);
        Assert.Equal(true, session.Run("User.Type == typeof(Library)", "cell 2", CancellationToken.None).Value);
    }

    [Fact]
    public void An_older_version_does_not_stand_in_for_a_newer_one()
    {
        string older = Compile("old/Library.dll", Library(1));
        string newer = Compile("new/Library.dll", Library(2));
        string user = Compile("user/User.dll", "public static class User { public static int Get() => Library.Version; }", newer);

        var session = new CSharpSession();
        session.AddAssemblies([newer, user], [older, user]);

        Assert.IsType<FileNotFoundException>(session.Run("User.Get()", "cell 1", CancellationToken.None).Exception);
    }

    [Fact]
    public void A_newer_version_that_comes_after_an_older_one_has_been_loaded_is_refused_with_what_to_do()
    {
        string older = Compile("old/Library.dll", Library(1));
        string newer = Compile("new/Library.dll", Library(2));
        string user = Compile("user/User.dll", "public static class User { public static int Get() => Library.Version; }", newer);

        var session = new CSharpSession();
        session.AddAssemblies([older], [older]);
        Assert.Equal(1, session.Run("Library.Version", "cell 1", CancellationToken.None).Value);
        session.AddAssemblies([newer, user], [newer, user]);

        Exception exception = session.Run("User.Get()", "cell 2", CancellationToken.None).Exception!;
        Assert.Contains("Restart the kernel", exception.ToString(), StringComparison.Ordinal);
    }

    private static string Library(int version) => string.Create(CultureInfo.InvariantCulture, $$"""
        [assembly: System.Reflection.AssemblyVersion("{{version}}.0.0.0")]
        public class Library { public static int Version => {{version}}; }
        """);

    private string Compile(string path, string code, params string[] references)
    {
        string file = Path.Combine(_folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var result = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [CSharpSyntaxTree.ParseText(code)],
            references.Append(typeof(object).Assembly.Location).Select(reference => MetadataReference.CreateFromFile(reference)),
            // Only of an assembly with a key do versions count; anybody can put anybody's public key in.
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, cryptoPublicKey: [.. typeof(object).Assembly.GetName().GetPublicKey()!], publicSign: true)).Emit(file);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return file;
    }
}
