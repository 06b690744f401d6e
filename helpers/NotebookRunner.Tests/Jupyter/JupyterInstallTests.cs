using System.Text.Json.Nodes;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Jupyter;

/// <summary>How the kernel gets to where Jupyter's clients look.</summary>
public sealed class JupyterInstallTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Spec => _folder["kernels", ".net-csharp", "kernel.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_installed_over_itself_and_taken_away_again()
    {
        foreach (string name in (string[])["첫째", "둘째"])
        {
            var installed = await RunAsync("install", "--display-name", name);
            Assert.Equal((0, ""), (installed.ExitCode, installed.StandardError));
            Assert.Contains($"The kernel '{name}' is installed in ", installed.StandardOutput, StringComparison.Ordinal);
        }

        var spec = JsonNode.Parse(await File.ReadAllTextAsync(Spec, TestContext.Current.CancellationToken))!;
        Assert.Equal(("둘째", "csharp", "message"), ((string)spec["display_name"]!, (string)spec["language"]!, (string)spec["interrupt_mode"]!));
        string[] command = [.. spec["argv"]!.AsArray().Select(word => (string)word!)];
        Assert.Equal(["jupyter", "serve", "{connection_file}"], command[^3..]);
        Assert.True(Path.IsPathFullyQualified(command[0]));
        Assert.True(File.Exists(command[0]));

        Assert.Equal(0, (await RunAsync("uninstall")).ExitCode);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Spec)));
        Assert.Contains("there is no kernel of this name", (await RunAsync("uninstall")).StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_of_another_program_stays_unless_it_is_to_be_replaced()
    {
        _folder.Write(Path.Combine("kernels", ".net-csharp", "kernel.json"), """{"argv":["dotnet","interactive"],"display_name":".NET (C#)","language":"C#"}""");
        var refused = await RunAsync("install");
        Assert.Equal(2, refused.ExitCode);
        Assert.EndsWith("there is a kernel of this name of another program. Give --replace to take its place, or --name for another name.\n", refused.StandardError, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("uninstall")).ExitCode);
        Assert.Equal(0, (await RunAsync("install", "--name", "mine")).ExitCode);
        Assert.Equal(0, (await RunAsync("install", "--replace")).ExitCode);
        Assert.Equal(0, (await RunAsync("uninstall")).ExitCode);
    }

    [Fact]
    public async Task It_goes_where_the_environment_says_that_Jupyter_looks()
    {
        using RunnerProgram program = RunnerProgram.Start(_folder.Path, new Dictionary<string, string> { ["JUPYTER_DATA_DIR"] = _folder.Path }, "jupyter", "install");
        Assert.Equal(0, (await program.WaitAsync()).ExitCode);
        Assert.True(File.Exists(Spec));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("한글")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("mine.")]
    public async Task A_name_that_no_kernel_can_have_is_refused(string name)
    {
        var refused = await RunAsync("install", "--name", name);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith($"error: A kernel cannot be called '{name}'", refused.StandardError, StringComparison.Ordinal);
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => RunnerProgram.RunAsync(_folder.Path, ["jupyter", .. arguments, "--data-dir", _folder.Path]);
}
