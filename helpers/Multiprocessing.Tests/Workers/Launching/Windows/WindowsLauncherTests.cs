using System.Text;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Workers.Launching.Windows;

public sealed class WindowsLauncherTests : IDisposable
{
    private readonly TestHost _test = new();

    public void Dispose() => _test.Dispose();

    [WindowsFact]
    public async Task A_worker_inherits_no_file_that_its_parent_has_open()
    {
        string path = Path.GetTempFileName();
        using WorkerProcess worker = new(_test.Host, static () => Thread.Sleep(Timeout.Infinite));
        await using (FileStream open = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Inheritable))
        {
            worker.Start();
        }

        // Who has it open does not share it.
        await using (FileStream again = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.True(worker.IsAlive);
        }

        File.Delete(path);
    }

    [WindowsFact]
    public void A_worker_that_crashes_is_told_with_the_number_and_what_it_means()
    {
        WorkerDiedException error = Assert.Throws<WorkerDiedException>(() => _test.RunAsync(static () =>
        {
            new Thread(static () => throw new InvalidOperationException("정신없음")).Start();
            Thread.Sleep(Timeout.Infinite);
        }).GetAwaiter().GetResult());

        Assert.Equal((unchecked((int)0xE043_4352), null), (error.ExitCode, error.Signal));
        Assert.Contains("ended with 0xE0434352 (unhandled .NET exception) before its function returned", error.Message, StringComparison.Ordinal);
        Assert.Contains("정신없음", error.LastErrorLines, StringComparison.Ordinal);
    }

    [WindowsFact]
    public void What_is_printed_in_the_code_page_of_the_system_s_language_is_shown_too()
    {
        // One letter of it that is not ASCII's.
        Encoding ansi = CodePagesEncodingProvider.Instance.GetEncoding(0) ?? Encoding.UTF8;
        string letter = ansi.CodePage == 949 ? "한" : "é";
        byte[] bytes = [.. ansi.GetBytes(letter), (byte)'\n'];
        using TestCell cell = _test.BeginCell();
        using WorkerProcess worker = new(_test.Host, () =>
        {
            using Stream raw = Console.OpenStandardOutput();
            raw.Write(bytes);
        });
        worker.Start();
        worker.Join();

        Assert.Equal($"{letter}\n", cell.Output);
    }

    [WindowsFact]
    public void What_a_function_has_started_and_left_lives_on_after_its_worker()
    {
        using SharedValue<int> id = new();
        using WorkerProcess worker = new(_test.Host, () => id.Value = Programs.Sleep(1000).Id);
        worker.Start();
        worker.Join();
        worker.Dispose();
        Assert.False(Processes.Exists(worker.Id));

        Assert.True(Processes.Exists(id.Value));
        Assert.True(Processes.Kill(id.Value));
    }

    [WindowsTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_function_has_started_ends_with_its_worker_whoever_ends_that(bool bySomebodyElse)
    {
        using SharedValue<int> id = new();
        using WorkerProcess worker = new(_test.Host, () =>
        {
            id.Value = Programs.Sleep(1000).Id;
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        Assert.True(Rendezvous.Await(() => id.Value != 0));
        if (bySomebodyElse)
        {
            Processes.Kill(worker.Id);
        }
        else
        {
            worker.Kill();
        }

        Assert.True(Processes.AllEnd([worker.Id, id.Value]));
    }

    [WindowsFact]
    public async Task A_ctrl_c_in_the_console_of_the_parent_does_not_reach_a_worker()
    {
        using MisbehavingProgram parent = MisbehavingProgram.Start("interrupt");
        (string output, string error, _) = await parent.RunToEndAsync();

        Assert.Equal(("parent True, worker False, ends False", ""), (output.Trim(), error));
    }

    [WindowsFact]
    public async Task Workers_and_their_workers_and_what_those_have_started_end_with_the_parent()
    {
        using MisbehavingProgram parent = MisbehavingProgram.Start("descend");
        int[] all = [.. (await parent.Process.StandardOutput.ReadLineAsync())!.Split(' ').Select(int.Parse)];
        Assert.Equal(4, all.Count(Processes.Exists));

        parent.Process.Kill();

        Assert.True(Processes.AllEnd(all));
    }
}
