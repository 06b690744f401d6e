using Multiprocessing.Tests.Memory;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>Workers of a pool never outlive its program.</summary>
public class ParentLifeTests
{
    // CPython: test_parent_process. loky: a killed parent leaves neither workers nor their children.
    [LauncherTheory]
    [InlineData("pool loop")]
    [InlineData("pool idle")]
    [InlineData("pool nested")]
    [InlineData("portable pool loop")]
    public async Task Workers_and_theirs_end_when_the_parent_is_killed(string verb)
    {
        using TemporaryFolder temporary = new();
        using MisbehavingProgram parent = MisbehavingProgram.Start(verb, temporary.Path);
        Assert.Equal("ready", await parent.Process.StandardOutput.ReadLineAsync());
        IReadOnlyList<int> all = Processes.Descendants(parent.Process.Id);
        Assert.True(all.Count >= 2, $"Descendants: {string.Join(' ', all)}");


        // One whose start is cut off leaves what it is started by: that is swept by the next program.
        Assert.True(Rendezvous.Await(() => temporary.Left().Length == 0), string.Join(' ', temporary.Left()));
        parent.Process.Kill();

        Assert.True(Processes.AllEnd(all), $"Left: {string.Join(' ', all.Where(Processes.Exists))}");
        Assert.Empty(temporary.Left());
    }

    [LauncherTheory]
    [InlineData("return")]
    [InlineData("exit")]
    [InlineData("throw")]
    public async Task A_program_that_ends_without_dispose_ends_its_workers_and_leaves_nothing(string end)
    {
        using MisbehavingProgram parent = MisbehavingProgram.Start($"pool {end}");
        Assert.Equal("ready", await parent.Process.StandardOutput.ReadLineAsync());
        int id = parent.Process.Id;
        IReadOnlyList<int> all = Processes.Descendants(id);
        parent.Process.StandardInput.Close();
        await parent.Process.WaitForExitAsync();

        Assert.Equal(MisbehavingProgram.ExitCodeOf(end), parent.Process.ExitCode);
        Assert.NotEmpty(all);
        Assert.True(Processes.AllEnd(all), $"Left: {string.Join(' ', all.Where(Processes.Exists))}");
        Assert.Empty(SegmentFiles.Of(id));
    }

    [Fact]
    public async Task An_ordinary_program_sees_what_a_notebook_sees()
    {
        using MisbehavingProgram parent = MisbehavingProgram.Start("pool map");
        (string output, string error, int exitCode) = await parent.RunToEndAsync();

        Assert.Equal("in worker\n0 1 4 9\nno 2\nexit 3\n", output);
        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
    }
}
