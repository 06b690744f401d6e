using System.Globalization;
using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Workers;

public class ParentLifeTests
{
    [Theory]
    [InlineData("loop")]
    [InlineData("portable loop")]
    public async Task Workers_end_when_their_parent_is_killed_and_leave_no_file(string verb)
    {
        using TemporaryFolder temporary = new();
        using MisbehavingProgram parent = MisbehavingProgram.Start(verb, temporary.Path);
        string? workers = await parent.Process.StandardOutput.ReadLineAsync();
        IReadOnlyList<int> all = Processes.Descendants(parent.Process.Id);
        Assert.True(all.Count >= 4, $"Workers: {workers}; descendants: {string.Join(' ', all)}");


        // One whose start is cut off leaves what it is started by: that is swept by the next program.
        Assert.True(Rendezvous.Await(() => temporary.Left().Length == 0), string.Join(' ', temporary.Left()));
        parent.Process.Kill();

        Assert.True(Processes.AllEnd(all), $"Left: {string.Join(' ', all.Where(Processes.Exists))}");
        Assert.Empty(temporary.Left());
    }

    [Theory]
    [InlineData("with spaces and 한글 (1)", 1)]
    [InlineData("a folder as deep as no reader has one", 12)]
    public async Task Workers_start_wherever_the_program_is(string folder, int depth)
    {
        using TemporaryFolder temporary = new();
        string path = temporary.Path;
        for (int i = 0; i < depth; i++)
        {
            path = Path.Combine(path, folder);
        }

        using MisbehavingProgram parent = MisbehavingProgram.Start("die", folder: path);
        (string output, string error, int exitCode) = await parent.RunToEndAsync();

        Assert.Equal(("exit 5", "", 0), (output.Trim(), error, exitCode));
    }

    [Fact]
    public async Task Workers_end_when_their_parent_returns()
    {
        using MisbehavingProgram parent = MisbehavingProgram.Start("leave");
        int id = parent.Process.Id;
        List<int> seen = [];
        while (!parent.Process.HasExited)
        {
            seen.AddRange(Processes.Descendants(id));
            await Task.Delay(2);
        }

        Assert.Equal(0, parent.Process.ExitCode);
        Assert.True(Processes.AllEnd(seen.Distinct()));
    }

    [Theory]
    [InlineData("orphan")]
    [InlineData("portable orphan")]
    public async Task What_a_function_has_started_ends_with_a_worker_that_somebody_kills(string verb)
    {
        using MisbehavingProgram parent = MisbehavingProgram.Start(verb);
        int child = int.Parse((await parent.Process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);

        Assert.True(Processes.AllEnd([child]));
    }

    [Theory]
    [InlineData("release")]
    [InlineData("portable release")]
    public async Task What_a_function_has_started_and_left_lives_on_when_the_parent_returns_as_soon_as_it_may(string verb)
    {
        using MisbehavingProgram parent = MisbehavingProgram.Start(verb);
        (string output, _, int exitCode) = await parent.RunToEndAsync();

        Assert.Equal(0, exitCode);
        int child = int.Parse(output, CultureInfo.InvariantCulture);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.True(Processes.Exists(child));
        Assert.True(Processes.Kill(child));
    }

    [Theory]
    [InlineData("print", "stdout 한글 (empty)\nexit 0\n", "stderr\n")]
    [InlineData("portable print", "stdout 한글 (empty)\nexit 0\n", "stderr\n")]
    [InlineData("unjoined", "nobody waits\n", "")]
    [InlineData("throw", "System.ArgumentException: from the worker\n", "")]
    [InlineData("portable throw", "System.ArgumentException: from the worker\n", "")]
    [InlineData("die", "exit 5\n", "")]
    [InlineData("portable die", "exit 5\n", "")]
    [InlineData("kill", "exit 137\n", "")]
    [InlineData("portable kill", "exit 137\n", "")]
    public async Task An_ordinary_program_sees_what_a_notebook_sees(string verb, string expectedOutput, string expectedError)
    {
        using MisbehavingProgram parent = MisbehavingProgram.Start(verb);
        (string output, string error, int exitCode) = await parent.RunToEndAsync();

        Assert.Equal(expectedOutput, output);
        Assert.Equal(expectedError, error);
        Assert.Equal(0, exitCode);
    }
}
