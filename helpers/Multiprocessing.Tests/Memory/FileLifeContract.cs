using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Pools;
using Multiprocessing.Tests.Workers;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Memory;

/// <summary>When the files behind shared objects go, which is the same for objects of every kind.</summary>
/// <param name="verb">Has the misbehaving program make such objects, as do its worker and that worker's worker.</param>
public abstract class FileLifeContract(string verb)
{
    [InspectedFact]
    public void Many_that_are_disposed_of_leave_no_file_no_mapping_and_no_handle()
    {
        using TestHost test = new();
        HashSet<string> files = [];
        List<object> used = UseMany(test.Host, files);
        Assert.DoesNotContain(files, File.Exists);
        Assert.Empty(SegmentFiles.OpenHandles(files));

        // A span may still be used after Dispose, so that the memory goes when nobody can have one any more.
        used.Clear();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.InRange(SegmentFiles.Mappings(files), 0, 10);
        Assert.InRange(SegmentFiles.Of(test.Host).Length, 0, 10);
    }

    [InspectedFact]
    public void Files_and_memory_go_when_nobody_refers_to_the_object_any_more()
    {
        using TestHost test = new();
        HashSet<string> files = [];
        Forget(test.Host, files);
        Assert.NotEmpty(files);

        // Again and again: what one finalizer lets go of is the next one's.
        Assert.True(Rendezvous.Await(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return SegmentFiles.Of(test.Host).Length == 0 && SegmentFiles.Mappings(files) == 0;
        }));
        Assert.DoesNotContain(files, File.Exists);
        Assert.Equal(0, SegmentFiles.Mappings(files));
        Assert.Empty(SegmentFiles.Of(test.Host));
    }

    [Fact]
    public async Task A_killed_worker_leaves_no_file()
    {
        using TestHost test = new();
        using SharedValue<bool> made = new();
        using WorkerProcess worker = new(test.Host, Making(made));
        worker.Start();
        while (!made.Value)
        {
            await Task.Delay(1);
        }

        string folder = Path.Combine(SegmentFiles.Place, test.Host.Memory.Folder.Name, $"w{worker.Id}");
        Assert.NotEmpty(Directory.GetFiles(folder));
        worker.Kill();
        worker.Join();

        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("", "return")]
    [InlineData("", "exit")]
    [InlineData("", "throw")]
    [InlineData("portable ", "return")]
    public async Task A_program_that_ends_leaves_nothing_although_it_disposed_of_nothing(string launcher, string end)
    {
        using MisbehavingProgram program = MisbehavingProgram.Start($"{launcher}{verb} {end}");
        AssertMade(program.Process.Id, await program.Process.StandardOutput.ReadLineAsync());
        int id = program.Process.Id;
        IReadOnlyList<int> workers = Processes.Descendants(id);
        program.Process.StandardInput.Close();
        await program.Process.WaitForExitAsync();

        Assert.Equal(MisbehavingProgram.ExitCodeOf(end), program.Process.ExitCode);
        Assert.True(Processes.AllEnd(workers));

        // Windows takes a moment: files go with the last process that maps them.
        Rendezvous.Await(() => !OperatingSystem.IsWindows() || SegmentFiles.Of(id).Length == 0);
        Assert.Empty(SegmentFiles.Of(id));
    }

    [Fact]
    public async Task What_a_killed_program_leaves_the_next_one_sweeps()
    {
        using MisbehavingProgram killed = MisbehavingProgram.Start($"{verb} return");
        await killed.Process.StandardOutput.ReadLineAsync();
        int id = killed.Process.Id;
        IReadOnlyList<int> workers = Processes.Descendants(id);

        // As long as it lives: from then on any program may sweep, that of another test, too.
        Assert.NotEmpty(SegmentFiles.Of(id));
        killed.Process.Kill();
        await killed.Process.WaitForExitAsync();
        Assert.True(Processes.AllEnd(workers));

        using MisbehavingProgram next = MisbehavingProgram.Start($"{verb} return");
        await next.Process.StandardOutput.ReadLineAsync();
        Rendezvous.Await(() => SegmentFiles.Of(id).Length == 0);
        Assert.Empty(SegmentFiles.Of(id));
    }

    /// <summary>Makes, uses and disposes of as many as one could lose sight of.</summary>
    /// <param name="host">Whose they are.</param>
    /// <param name="files">Takes their files, by the names that these have as long as they are used.</param>
    private protected abstract List<object> UseMany(WorkerHost host, ISet<string> files);

    /// <summary>Makes one to which nobody refers any more.</summary>
    /// <param name="host">Whose it is.</param>
    /// <param name="files">Takes its files.</param>
    private protected abstract void Forget(WorkerHost host, ISet<string> files);

    /// <summary>A function that makes one, says so, and never ends.</summary>
    protected abstract Action Making(SharedValue<bool> made);

    /// <summary>Fails unless the misbehaving program has made what it should.</summary>
    /// <param name="program">Its number.</param>
    /// <param name="said">The first line that it has printed.</param>
    protected abstract void AssertMade(int program, string? said);
}
