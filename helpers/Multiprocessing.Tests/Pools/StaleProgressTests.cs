using Multiprocessing.Connections;
using Multiprocessing.Pools.Serving;
using Multiprocessing.Transport.Rings;

namespace Multiprocessing.Tests.Pools;

/// <summary>What a worker has noted in shared memory about its work.</summary>
public class StaleProgressTests
{
    [Fact(Timeout = 20_000)]
    public async Task What_is_left_of_one_call_is_gone_before_the_next_one_is_named()
    {
        await Task.Yield();
        using WorkerLink link = new();
        TaskReplies replies = Replies(link);
        replies.Begin(1);
        replies.DoneUpTo(7);

        // Killed here, after its results and before the end, it has left this; the next call must not take it for its own.
        Assert.Equal((1, -8), (link.CurrentCall, link.Current));
        replies.Begin(2);
        Assert.Equal((2, 0), (link.CurrentCall, link.Current));
    }

    private static unsafe TaskReplies Replies(WorkerLink link) => new(link, new FrameSender(link, new ParentLine(link, (BellState*)null, Stream.Null)));
}
