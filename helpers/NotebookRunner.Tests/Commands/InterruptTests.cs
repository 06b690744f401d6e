using System.Diagnostics;
using System.Globalization;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Commands;

public sealed class InterruptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // On Windows: Ctrl-C, Ctrl-Break, and the closing of the window.
    public static TheoryData<string, string> Signals => OperatingSystem.IsWindows()
        ? new() { { "INT", "while (true) { }" }, { "QUIT", "while (true) { }" }, { "HUP", "System.Threading.Thread.Sleep(-1);" } }
        : new() { { "INT", "while (true) { }" }, { "TERM", "System.Threading.Thread.Sleep(-1);" } };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Signals))]
    public async Task A_signal_ends_the_kernel_and_all_that_it_started_and_keeps_what_was_executed(string signal, string endless)
    {
        string sleep = OperatingSystem.IsWindows() ? "\"ping\", \"-n 1000 127.0.0.1\"" : "\"sleep\", \"1000\"";
        _folder.Write("a.ipynb", new TestNotebook()
            .Code("Console.WriteLine(\"before\");")
            .Code($"""
                var child = System.Diagnostics.Process.Start({sleep});
                System.IO.File.WriteAllText("ids.tmp", Environment.ProcessId + " " + child.Id);
                System.IO.File.Move("ids.tmp", "ids.txt");
                {endless}
                """)
            .Code("3")
            .ToString());
        _folder.Write("b.ipynb", new TestNotebook().Code("1").ToString());
        using RunnerProgram program = RunnerProgram.Start(_folder.Path, ".");
        int[] ids = await ReadIdsAsync();

        await program.SendAsync(signal);
        ProgramResult result = await program.WaitAsync();

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("a.ipynb: code cell 2", result.StandardError, StringComparison.Ordinal);
        Assert.Contains("interrupted", result.StandardError, StringComparison.Ordinal);
        foreach (int id in ids)
            Assert.True(await EndsSoonAsync(id), $"process {id} is still there");
        NotebookDocument executed = _folder.Load("out", "notebooks", "a.ipynb");
        Assert.Equal([new StreamOutput("stdout", "before\n")], executed.Cells[0].Outputs);
        Assert.Equal([1, 2, null], executed.Cells.Select(cell => cell.ExecutionCount));
        Assert.False(File.Exists(_folder["out", "notebooks", "b.ipynb"]));
    }

    private async Task<int[]> ReadIdsAsync()
    {
        while (!File.Exists(_folder["ids.txt"]))
            await Task.Delay(20);

        return [.. _folder.Read("ids.txt").Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
    }

    // Where there is much to do, a process that was killed is not gone at once.
    private static async Task<bool> EndsSoonAsync(int id)
    {
        long start = Stopwatch.GetTimestamp();
        while (!ProcessState.HasEnded(id))
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(20))
                return false;
            await Task.Delay(20);
        }

        return true;
    }
}
