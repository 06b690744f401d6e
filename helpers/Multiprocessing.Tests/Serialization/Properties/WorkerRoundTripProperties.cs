namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>The journey of random graphs to a real worker process and back.</summary>
public class WorkerRoundTripProperties
{
    private const int Batch = 25;

    [Fact]
    public Task Graphs_come_back_from_a_worker_as_they_went() => Property.HoldsAsync(4, async choices =>
    {
        // Many in one call, since each call takes a process; several graphs from the same choices, since a failure then shrinks to one.
        GraphBuilder builder = new(choices);
        List<object?> graphs = [];
        for (int i = 0; i < Batch; i++)
        {
            graphs.Add(builder.Any());
        }

        List<object?> copies = await WorkerProcess.RunAsync(() => graphs);

        GraphComparison.AssertCopy(graphs, copies);
    });

    [Fact]
    public Task A_worker_takes_a_graph_apart_as_this_process_does() => Property.HoldsAsync(4, async choices =>
    {
        object? graph = GraphBuilder.Build(choices);
        int[] numbers = choices.Numbers;

        // There it is compared with one made there, whose hash codes have never been anywhere else.
        string difference = await WorkerProcess.RunAsync(() => GraphComparison.Difference(GraphBuilder.Build(new Choices(numbers)), graph));

        Assert.Equal("", difference);
    });
}
