using System.Text.Json;

namespace Multiprocessing.Package.Tests;

/// <summary>The runner as a .NET tool, for anybody's notebooks.</summary>
[Collection(nameof(TestPackage))]
public class ToolTests(TestPackage package)
{
    [Fact(IsLong = true, Timeout = 600_000)]
    public async Task The_runner_can_be_installed_and_runs_checks_and_exports_a_notebook_that_is_not_ours()
    {
        Consumer consumer = await package.ConsumerAsync("mine");
        await package.PackToolAsync();
        (await consumer.DotnetAsync("tool", "install", "NotebookRunner", "--version", package.Version, "--add-source", package.Feed, "--tool-path", "tool")).Succeeded();
        string runner = Path.Combine("tool", OperatingSystem.IsWindows() ? "notebook-runner.exe" : "notebook-runner");
        string notebook = Path.Combine(consumer.Folder, "mine.ipynb");
        consumer.Write("mine.ipynb", Notebooks.Of(
            $"#r \"nuget: Multiprocessing, {package.Version}\"",
            "using Multiprocessing;\nint offset = 100;\nConsole.WriteLine(await WorkerProcess.RunAsync(() => 11 + offset));"));
        Task<ProgramResult> RunAsync(params string[] arguments) => consumer.RunAsync(runner, new Dictionary<string, string>(), arguments);

        (await RunAsync("run", notebook, "--in-place", "--out", Path.Combine(consumer.Folder, "out"))).Succeeded();
        Assert.Contains("111", await File.ReadAllTextAsync(notebook), StringComparison.Ordinal);
        (await RunAsync("check", notebook)).Succeeded();
        (await RunAsync("export", notebook, "--out", Path.Combine(consumer.Folder, "pages"))).Succeeded();
        string page = Assert.Single(Directory.EnumerateFiles(consumer.Folder, "mine.html", SearchOption.AllDirectories), static file => file.Contains("pages", StringComparison.Ordinal));
        Assert.Contains("111", await File.ReadAllTextAsync(page), StringComparison.Ordinal);

        // The kernel is started by the file that stays when the tool is updated.
        (await RunAsync("jupyter", "install", "--data-dir", Path.Combine(consumer.Folder, "jupyter"))).Succeeded();
        using JsonDocument spec = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(consumer.Folder, "jupyter", "kernels", ".net-csharp", "kernel.json")));
        string[] command = [.. spec.RootElement.GetProperty("argv").EnumerateArray().Select(static word => word.GetString()!)];
        Assert.Equal([Path.Combine(consumer.Folder, runner), "jupyter", "serve", "{connection_file}"], command);
        ProgramResult served = await consumer.RunAsync(command[0], new Dictionary<string, string>(), "jupyter", "serve", "missing.json");
        Assert.Contains("missing.json: cannot be read", served.ToString(), StringComparison.Ordinal);
    }
}
