namespace Multiprocessing.Tests.Queues;

/// <summary>The oracle: what .NET's own queue between threads does.</summary>
public class BetweenThreadsTests : QueueContract
{
    protected override IQueueUnderTest<T> Make<T>(int? capacity = null) => new BetweenThreads<T>(capacity);

    protected override Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
