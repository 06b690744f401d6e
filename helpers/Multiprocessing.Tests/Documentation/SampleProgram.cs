using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Multiprocessing.Tests.Documentation;

/// <summary>A sample as a program of its own, built as a console program of the SDK is.</summary>
internal sealed class SampleProgram : IDisposable
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Shorter than that of a test, which ends nothing but the test.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(FactAttribute.Limit / 2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sample-");

    private SampleProgram()
    {
    }

    /// <summary>Compiles it.</summary>
    public static SampleProgram Build(Sample sample)
    {
        CSharpParseOptions options = new(LanguageVersion.CSharp14);
        string[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "Multiprocessing.dll"))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, options), CSharpSyntaxTree.ParseText(sample.Code, options, sample.Place)],
            references.Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        SampleProgram program = new();
        EmitResult result = compilation.Emit(program.File("Sample.dll"));
        Assert.True(result.Success, $"{sample.Place}: {string.Join('\n', result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))}");
        Assert.DoesNotContain(result.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning);
        System.IO.File.Copy(typeof(WorkerPool).Assembly.Location, program.File("Multiprocessing.dll"));
        System.IO.File.WriteAllText(program.File("Sample.runtimeconfig.json"), $$"""{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version.ToString(3)}}" }, "rollForward": "Major" } }""");
        return program;
    }

    /// <summary>Runs it.</summary>
    /// <returns>What it prints.</returns>
    public async Task<string> RunAsync()
    {
        ProcessStartInfo start = new("dotnet", [File("Sample.dll")]) { WorkingDirectory = _folder.FullName };
        return (await ChildProgram.RunAsync(start, Limit)).Succeeded();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string File(string name) => Path.Combine(_folder.FullName, name);
}
