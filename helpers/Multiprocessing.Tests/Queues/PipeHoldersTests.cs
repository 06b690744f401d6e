using Multiprocessing.Memory;
using Multiprocessing.Queues;
using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Queues;

/// <summary>Who has an end of a pipe: here this process is the worker, and its parent as well.</summary>
public sealed class PipeHoldersTests : IDisposable
{
    private readonly TestHost _test = new();
    private readonly Segment _segment;
    private readonly PipeHolders _holders;

    public unsafe PipeHoldersTests()
    {
        _segment = PipeHolders.Create(_test.Host.Memory);

        // Made by nobody who could be taken for this process.
        ((PipeState*)_segment.Data)->Maker = 0;
        _holders = PipeHolders.Of(_segment);
    }

    public void Dispose()
    {
        _segment.RemoveUser();
        _test.Dispose();
    }

    [Fact]
    public void A_worker_has_it_from_the_sending_of_a_call_to_its_end_or_until_it_lets_go_of_it()
    {
        _holders.EnterUser(ProcessToken.Own);
        Assert.True(_holders.Exist());
        _holders.AddObject();
        Assert.True(_holders.Exist());
        _holders.RemoveObject();
        Assert.False(_holders.Exist());
        _holders.AddObject();
        Assert.True(_holders.Exist());
        End();
        Assert.False(_holders.Exist());
    }

    [Fact]
    public void A_call_that_lets_go_of_it_does_not_take_it_from_the_next_one_that_is_on_its_way()
    {
        _holders.EnterUser(ProcessToken.Own);
        _holders.EnterUser(ProcessToken.Own);
        _holders.AddObject();
        _holders.RemoveObject();
        Assert.True(_holders.Exist());
        End();
        Assert.True(_holders.Exist());
        _holders.AddObject();
        _holders.RemoveObject();
        Assert.False(_holders.Exist());
    }

    [Fact]
    public void The_end_of_a_call_that_has_let_go_of_it_does_not_take_it_from_the_next_one()
    {
        _holders.EnterUser(ProcessToken.Own);
        _holders.AddObject();
        _holders.RemoveObject();
        _holders.EnterUser(ProcessToken.Own);
        Assert.True(_holders.Exist());
        End();
        Assert.True(_holders.Exist());
        End();
        Assert.False(_holders.Exist());
    }

    [Fact]
    public void Who_got_it_in_another_way_than_by_a_call_has_it_until_it_lets_go_of_it_also_if_a_call_brings_it_as_well()
    {
        _holders.AddObject();
        _holders.EnterUser(ProcessToken.Own);
        _holders.AddObject();
        End();
        Assert.True(_holders.Exist());
        _holders.RemoveObject();
        Assert.True(_holders.Exist());
        _holders.RemoveObject();
        Assert.False(_holders.Exist());
    }

    [Fact]
    public void An_object_that_was_forgotten_is_not_counted_for_a_later_one()
    {
        _holders.AddObject();
        _holders.ForgetObject();
        Assert.True(_holders.Exist());
        _holders.AddObject();
        _holders.RemoveObject();
        Assert.False(_holders.Exist());
        _holders.EnterUser(ProcessToken.Own);
        Assert.True(_holders.Exist());
        End();
        Assert.False(_holders.Exist());
    }

    [Fact]
    public async Task Of_one_that_comes_and_one_that_goes_at_the_same_time_the_one_that_comes_has_it()
    {
        using Barrier barrier = new(2);
        const int rounds = 3000;
        Task going = Task.Factory.StartNew(
            () =>
            {
                for (int round = 0; round < rounds; round++)
                {
                    barrier.SignalAndWait();
                    _holders.RemoveObject();
                    barrier.SignalAndWait();
                }
            },
            TaskCreationOptions.LongRunning);
        int missed = 0;
        _holders.AddObject();
        for (int round = 0; round < rounds; round++)
        {
            barrier.SignalAndWait();
            _holders.AddObject();
            barrier.SignalAndWait();
            missed += _holders.Exist() ? 0 : 1;
        }

        await going;
        Assert.Equal(0, missed);
    }

    private void End() => _holders.LeaveUser(ProcessToken.Own, failed: false, all: false);
}
