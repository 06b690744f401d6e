namespace Multiprocessing.Tests.Queues;

/// <summary>Ours, each function in a process of its own.</summary>
public class BetweenProcessesTests : QueueContract
{
    protected override IQueueUnderTest<T> Make<T>(int? capacity = null) => new BetweenProcesses<T>(capacity);

    protected override Task<T> RunAsync<T>(Func<T> work) => WorkerProcess.RunAsync(work);
}
