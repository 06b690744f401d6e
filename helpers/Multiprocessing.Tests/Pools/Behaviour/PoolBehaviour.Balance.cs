namespace Multiprocessing.Tests.Pools.Behaviour;

/// <content>Who gets how much to do.</content>
public abstract partial class PoolBehaviour
{
    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    [InlineData(500)]
    public void One_long_input_among_many_short_ones_does_not_hold_up_the_others(int place)
    {
        const int count = 501;

        // What is bound to the long one by sharing its chunk comes after it; in halves of the whole it would be half of them.
        const int late = count / 20;
        using SharedValue<int> done = new();
        bool Work(int x)
        {
            if (x == place)
            {
                return Rendezvous.Await(() => done.Value >= count - 1 - late);
            }

            Thread.Sleep(1);
            done.Increment();
            return true;
        }

        Assert.All(Pool.Map(Work, Enumerable.Range(0, count)), Assert.True);
    }

    [Fact]
    public void A_few_long_inputs_are_shared_out_one_by_one()
    {
        using SharedValue<int> arrived = new();

        // Two of two, and each waits for the other: no chunk of two may be made.
        Assert.All(Pool.Map(_ => Rendezvous.Meet(arrived, 2), [1, 2]), Assert.True);
    }
}
