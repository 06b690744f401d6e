using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Memory;

/// <summary>Nothing is left of shared objects that were disposed of, before anything is collected.</summary>
[Collection(nameof(Pools.StressTests))]
public class LeakTests(TestHost test) : IClassFixture<TestHost>
{
    [InspectedFact]
    public async Task Shared_objects_that_a_worker_has_used_leave_nothing()
    {
        List<IDisposable> first = await UseAsync(1);
        Footprint before = await Footprint.TakeAsync(test.Host);
        List<IDisposable> used = await UseAsync(10);

        await before.AssertNothingHasComeAsync();
        GC.KeepAlive((first, used));
    }

    private async Task<List<IDisposable>> UseAsync(int rounds)
    {
        List<IDisposable> used = [];
        for (int i = 0; i < rounds; i++)
        {
            using SharedArray<int> array = new(1000, test.Host);
            using SharedValue<int> value = new(0, test.Host);
            using ProcessLock gate = new(test.Host);
            using ProcessQueue<byte[]> queue = new(null, test.Host);
            await test.RunAsync(() =>
            {
                using (gate.EnterScope())
                {
                    array[999] = value.Increment();
                    queue.Enqueue(new byte[100_000]);
                }
            });
            Assert.Equal((1, 100_000), (array[999], queue.Dequeue().Length));
            used.AddRange([array, value, gate, queue]);
        }

        return used;
    }
}
