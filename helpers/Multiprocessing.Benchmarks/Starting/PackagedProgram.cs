using System.Diagnostics;
using System.Runtime.InteropServices;
using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Starting;

/// <summary>A program of somebody who uses the package: published as any other, for what is installed. It prints what its one worker has answered.</summary>
internal static class PackagedProgram
{
    private const string Name = "FirstResult";
    private const string Version = "0.0.0-measured";
    private const string FolderPrefix = "multiprocessing-measured-";

    /// <summary>The program.</summary>
    private const string Code = """
        using Multiprocessing;

        int argument = 6;
        if (args is ["pool"])
        {
            using WorkerPool pool = new(1);
            Console.WriteLine(pool.Run(() => argument * 7));
        }
        else
        {
            Console.WriteLine(await WorkerProcess.RunAsync(() => argument * 7));
        }
        """;

    private const string Project = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Multiprocessing" Version="{Version}" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>Packs, and publishes the program with the package, unless that has been done since the helpers were built: in the folder for temporary files, of which it leaves one.</summary>
    /// <returns>The program's assembly.</returns>
    /// <exception cref="InvalidOperationException">A command failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<string> MakeAsync(CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Path.GetTempPath(), $"{FolderPrefix}{typeof(WorkerProcess).Module.ModuleVersionId:N}");
        string program = Path.Combine(folder, "out", $"{Name}.dll");
        if (File.Exists(program))
        {
            return program;
        }

        foreach (string old in Directory.GetDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            Directory.Delete(old, recursive: true);
        }

        string feed = Directory.CreateDirectory(Path.Combine(folder, "feed")).FullName;
        string helpers = Path.Combine(Path.GetDirectoryName(Kernels.KernelProgram.Folder)!, "helpers");
        await RunAsync(
            helpers,
            packages: null,
            ["pack", "Multiprocessing", "-c", "Release", "--output", feed, $"-p:PackageVersion={Version}", $"-p:PackageRuntimes={RuntimeInformation.RuntimeIdentifier}"],
            cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "NuGet.Config"), $"""<configuration><packageSources><add key="packed" value="{feed}" /></packageSources></configuration>""", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Name}.csproj"), Project, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Code, cancellationToken);
        await RunAsync(folder, Path.Combine(folder, "packages"), ["publish", "-c", "Release", "--output", "published"], cancellationToken);

        // As the last step: what is there is whole.
        Directory.Move(Path.Combine(folder, "published"), Path.GetDirectoryName(program)!);
        return program;
    }

    private static async Task RunAsync(string folder, string? packages, string[] arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(DotNetHost.Path, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true };

        // What the SDK that runs this program has told itself is not meant for another one.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"'dotnet {arguments[0]}' failed: {output.Split('\n').FirstOrDefault(static line => line.Contains("error", StringComparison.Ordinal), output).Trim()}");
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
