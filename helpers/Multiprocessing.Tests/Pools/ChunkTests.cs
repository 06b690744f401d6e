using System.Diagnostics;

namespace Multiprocessing.Tests.Pools;

/// <summary>How inputs are handed out.</summary>
public class ChunkTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    private readonly WorkerPool _pool = fixture.Pool;

    // CPython: test_map_chunksize.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_chunk_size_that_is_given_is_kept(int chunkSize)
    {
        int[] ids = _pool.Map(
            static _ =>
            {
                Thread.Sleep(3);
                return Environment.ProcessId;
            },
            Enumerable.Range(0, 28), chunkSize);

        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids.Chunk(chunkSize), static chunk => Assert.Single(chunk.Distinct()));
    }

    [Fact]
    public void A_chunk_as_large_as_the_source_goes_to_one_worker()
    {
        Assert.Single(_pool.Map(static _ => Environment.ProcessId, Enumerable.Range(0, 50), chunkSize: 50).Distinct());
        Assert.Single(_pool.Map(static _ => Environment.ProcessId, Enumerable.Range(0, 50), chunkSize: int.MaxValue).Distinct());
    }

    [Fact]
    public void Many_small_inputs_take_no_message_each()
    {
        IEnumerable<int> inputs = Enumerable.Range(0, 200_000);
        Assert.Equal(inputs.Select(static x => x + 1), _pool.Map(static x => x + 1, inputs));

        // The quickest of some, in turns: what else the machine does meanwhile only adds to them.
        TimeSpan automatic = TimeSpan.MaxValue, single = TimeSpan.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            _pool.Map(static x => x + 1, inputs);
            automatic = watch.Elapsed < automatic ? watch.Elapsed : automatic;
            watch.Restart();
            _pool.Map(static x => x + 1, inputs.Take(20_000), chunkSize: 1);
            single = watch.Elapsed < single ? watch.Elapsed : single;
        }

        Assert.True(automatic < single * 10, $"Automatic chunks: {automatic}; one by one: {single} for a tenth of them.");
    }

    [Fact]
    public void A_source_whose_length_nobody_knows_is_shared_out_too()
    {
        IEnumerable<int> inputs = Enumerable.Range(0, 10_000).Where(static x => x % 2 == 0);

        Assert.Equal(inputs.Select(static x => -x), _pool.Map(static x => -x, inputs));
        using SharedValue<int> arrived = new();
        Assert.All(_pool.Map(_ => Rendezvous.Meet(arrived, 2), Enumerable.Range(0, 2).Where(static x => x >= 0)), Assert.True);
    }

    // However many quick ones are handed out ahead: one that waits for the next one must not hold it.
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void Long_inputs_in_a_row_among_quick_ones_are_shared_out(int? chunkSize)
    {
        for (int place = 100; place < 1000; place += 200)
        {
            using SharedValue<int> arrived = new();
            int first = place;
            bool Work(int x) => x < first || x >= first + 2 || Rendezvous.Meet(arrived, 2);

            Assert.All(_pool.Map(Work, Enumerable.Range(0, 1000), chunkSize), Assert.True);
        }
    }
}
