using System.Runtime.InteropServices;

namespace Multiprocessing.Package.Tests;

/// <summary>How a program may be built and published that uses the package.</summary>
[Collection(nameof(TestPackage))]
public class PublishingTests(TestPackage package)
{
    private const int Long = 600_000;

    private static readonly string Extension = OperatingSystem.IsWindows() ? ".exe" : "";

    [Fact(IsLong = true, Timeout = Long)]
    public async Task An_empty_console_program_and_a_few_lines_run()
    {
        Consumer consumer = await (await package.ConsumerAsync("app")).CreateAsync("console", Samples.Program);

        Assert.Equal(Samples.Output, (await consumer.DotnetAsync("run")).Succeeded());
    }

    [Theory(IsLong = true, Timeout = Long)]
    [InlineData("for_what_is_installed", false, false)]
    [InlineData("with_its_runtime", true, false)]
    [InlineData("one_file", false, true)]
    [InlineData("one_file_with_its_runtime", true, true)]
    public async Task A_published_program_runs(string name, bool selfContained, bool singleFile)
    {
        Assert.SkipWhen(Wine.IsRunning && selfContained && singleFile, WineGaps.Placeholders);
        Consumer consumer = await (await package.ConsumerAsync(name)).CreateAsync("console", Samples.Program);
        (await consumer.DotnetAsync(
            "publish", "--output", "out", "--runtime", RuntimeInformation.RuntimeIdentifier, "--self-contained", selfContained ? "true" : "false", $"-p:PublishSingleFile={singleFile}")).Succeeded();

        // With its runtime it needs nothing on the machine.
        Dictionary<string, string> environment = selfContained ? new() { ["PATH"] = "", ["DOTNET_ROOT"] = Path.Combine(consumer.Folder, "nothing") } : [];
        Assert.Equal(Samples.Output, (await consumer.RunAsync($"out/{name}{Extension}", environment)).Succeeded());
    }

    [Fact(IsLong = true, Timeout = Long)]
    public async Task A_program_that_was_published_for_every_system_runs_where_there_is_a_later_DotNet_alone()
    {
        string later = Path.Combine(TestPackage.Helpers, "NotebookRunner.Tests", "obj", "net11", "dotnet11");
        Assert.SkipUnless(File.Exists(later), "there is no .NET 11 here: .ci/net11 makes one");
        Consumer consumer = await (await package.ConsumerAsync("app")).CreateAsync("console", Samples.Program);
        (await consumer.DotnetAsync("publish", "--output", "out", "-p:RollForward=Major")).Succeeded();

        Assert.Equal(Samples.Output, (await consumer.RunAsync(later, new Dictionary<string, string>(), Path.Combine(consumer.Folder, "out", "app.dll"))).Succeeded());
    }

    [Theory(IsLong = true, Timeout = Long)]
    [InlineData("PublishTrimmed", "MULTIPROC002", "Publish without PublishTrimmed.")]
    [InlineData("PublishAot", "MULTIPROC001", "Publish without PublishAot")]
    public async Task Whoever_publishes_a_program_that_can_have_no_workers_is_told_by_the_build(string property, string code, string advice)
    {
        Consumer consumer = await (await package.ConsumerAsync("app")).CreateAsync("console", Samples.Program);

        // What is said comes before what takes long, and what a machine may not have: a linker.
        ProgramResult published = await consumer.DotnetAsync("publish", "--output", "out", "--runtime", RuntimeInformation.RuntimeIdentifier, $"-p:{property}=true");
        string line = published.StandardOutput.Split('\n').First(line => line.Contains(code, StringComparison.Ordinal));
        Assert.Contains(advice, line, StringComparison.Ordinal);
    }

    [Fact(IsLong = true, Timeout = Long)]
    public async Task A_trimmed_program_says_why_it_has_no_workers_and_does_not_start_itself_again()
    {
        Consumer consumer = await (await package.ConsumerAsync("app")).CreateAsync("console", Samples.Program);
        (await consumer.DotnetAsync("publish", "--output", "out", "--runtime", RuntimeInformation.RuntimeIdentifier, "-p:PublishTrimmed=true")).Succeeded();
        ProgramResult result = await consumer.RunAsync($"out/app{Extension}", new Dictionary<string, string>());

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("This program was trimmed or compiled by PublishAot, and cannot be started as a worker: publish it without PublishTrimmed and PublishAot.", result.StandardError, StringComparison.Ordinal);
    }
}
