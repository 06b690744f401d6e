using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Multiprocessing.Package.Tests;

/// <summary>The package as <c>dotnet pack</c> makes it, in a feed of its own, and a package cache that has never seen another one. Made when the first test asks for it.</summary>
public sealed class TestPackage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("multiprocessing-package-");
    private readonly Lazy<Task> _packing;
    private int _consumers;

    public TestPackage() => _packing = new Lazy<Task>(PackAsync);

    public string Feed => Path.Combine(_folder.FullName, "feed");

    public string Packages => Path.Combine(_folder.FullName, "packages");

    /// <summary>Not that of a real one.</summary>
    public string Version => "1.0.0-tested";

    /// <summary>The folder of the helpers' sources.</summary>
    public static string Helpers { get; } = Metadata("Helpers");

    /// <summary>The runner that was built with these tests.</summary>
    public static string Runner { get; } = Metadata("Runner");

    /// <summary>The command line of .NET Interactive; null if there is none. The packages of its extension are where it is.</summary>
    public static string? DotNetInteractive { get; } = Environment.GetEnvironmentVariable("DOTNET_INTERACTIVE_KERNEL") is { Length: > 0 } command ? command : null;

    /// <summary>The packed file.</summary>
    public async Task<string> FileAsync(string extension = "nupkg")
    {
        await _packing.Value;
        return Path.Combine(Feed, $"Multiprocessing.{Version}.{extension}");
    }

    /// <summary>Packs the runner, too: for this system alone and without native code, which takes its time.</summary>
    internal async Task PackToolAsync() =>
        (await DotnetCommand.RunAsync(
            Helpers, Cache, "pack", "NotebookRunner", "--output", Feed, $"-p:Version={Version}", $"-p:ToolPackageRuntimeIdentifiers={RuntimeInformation.RuntimeIdentifier}", "-p:PublishReadyToRun=false")).Succeeded();

    /// <summary>An empty folder for a program that uses the package.</summary>
    internal async Task<Consumer> ConsumerAsync(string name)
    {
        await _packing.Value;
        string number = Interlocked.Increment(ref _consumers).ToString(CultureInfo.InvariantCulture);
        DirectoryInfo folder = _folder.CreateSubdirectory(number).CreateSubdirectory(name);
        return new Consumer(folder.FullName, this);
    }

    public async ValueTask DisposeAsync()
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                _folder.Delete(recursive: true);
                return;
            }
            catch (Exception e) when (tries < 10 && e is IOException or UnauthorizedAccessException)
            {
                // A compiler server reads there still.
                await Task.Delay(TimeSpan.FromMilliseconds(300));
            }
        }
    }

    /// <summary>That of whoever runs the tests.</summary>
    private static string Cache =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private async Task PackAsync()
    {
        Directory.CreateDirectory(Feed);
        (await DotnetCommand.RunAsync(Helpers, Cache, "pack", "Multiprocessing", "--output", Feed, $"-p:Version={Version}", $"-p:DotNetInteractive={(DotNetInteractive is null ? "false" : "true")}")).Succeeded();

        // Beside the sources of whoever runs the tests, and not in place of them.
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "NuGet.Config"),
            $"""<configuration><packageSources><add key="packed" value="{Feed}" /></packageSources></configuration>""");
    }

    private static string Metadata(string key) =>
        Path.GetFullPath(typeof(TestPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!);
}
