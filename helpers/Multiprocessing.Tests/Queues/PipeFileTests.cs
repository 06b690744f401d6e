using System.Runtime.CompilerServices;
using Multiprocessing.Tests.Memory;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Queues;

/// <summary>The files behind a pipe.</summary>
public class PipeFileTests() : FileLifeContract("queue")
{
    private protected override List<object> UseMany(WorkerHost host, ISet<string> files)
    {
        List<object> ends = [];
        for (int i = 0; i < 30; i++)
        {
            // On Windows what the pipes before had is still there, as long as it is mapped, under names that nobody knows.
            string[] left = SegmentFiles.Of(host);
            (ProcessPipeEnd<int[], int[]> first, ProcessPipeEnd<int[], int[]> second) = ProcessPipe.Create<int[], int[]>(host);
            ends.AddRange([first, second]);
            first.Send(new int[10_000]);
            second.Receive();
            second.Send(new int[10_000]);
            files.UnionWith(SegmentFiles.Of(host).Except(left));
            first.Dispose();
            second.Dispose();
        }

        return ends;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override void Forget(WorkerHost host, ISet<string> files)
    {
        ProcessPipe.Create<int, int>(host).First.Send(1);
        files.UnionWith(SegmentFiles.Of(host));
        Assert.True(files.Count >= 5);
    }

    protected override Action Making(SharedValue<bool> made) => () =>
    {
        (ProcessPipeEnd<int, int> first, ProcessPipeEnd<int, int> second) = ProcessPipe.Create<int>();
        first.Send(1);
        made.Value = true;
        Thread.Sleep(Timeout.Infinite);
        second.Dispose();
    };

    protected override void AssertMade(int program, string? said)
    {
        Assert.Equal("60 1000", said);
        Assert.True(SegmentFiles.Of(program).Count(File.Exists) > 4);
    }
}
