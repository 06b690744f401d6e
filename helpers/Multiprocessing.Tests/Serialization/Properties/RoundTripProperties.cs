using Multiprocessing.Serialization;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>What is true of the journey of every graph. Without a worker: both ends in this process.</summary>
public class RoundTripProperties
{
    [Fact]
    public Task A_graph_comes_out_as_it_went_in() => Property.HoldsAsync(400, choices =>
    {
        object? graph = GraphBuilder.Build(choices);
        GraphComparison.AssertCopy(graph, RoundTrip.Of(graph));
    });

    [Fact]
    public Task Packing_changes_nothing_and_gives_the_same_bytes_each_time() => Property.HoldsAsync(200, choices =>
    {
        object? graph = GraphBuilder.Build(choices);

        byte[] first = Shipment.Pack(graph, "graph", RoundTrip.Context).Payload.ToArray();
        byte[] second = Shipment.Pack(graph, "graph", RoundTrip.Context).Payload.ToArray();

        Assert.Equal(first, second);
        GraphComparison.AssertSame(GraphBuilder.Build(choices), graph);
    });

    [Fact]
    public Task Unpacking_twice_gives_two_copies() => Property.HoldsAsync(150, choices =>
    {
        object? graph = GraphBuilder.Build(choices);
        byte[] payload = Shipment.Pack(graph, "graph", RoundTrip.Context).Payload.ToArray();

        object? first = Shipment.Unpack(payload, RoundTrip.Context);
        object? second = Shipment.Unpack(payload, RoundTrip.Context);

        GraphComparison.AssertCopy(first, second);
    });

    [Fact]
    public Task A_copy_goes_on_as_the_original_does() => Property.HoldsAsync(250, choices =>
    {
        object? graph = GraphBuilder.Build(choices);
        object? copy = RoundTrip.Of(graph);

        foreach ((object original, object copied) in GraphComparison.AssertCopy(graph, copy))
        {
            CollectionUse.Apply(original, copied);
        }

        GraphComparison.AssertCopy(graph, copy);
    });

    [Fact]
    public Task Where_bytes_are_missing_at_the_end_it_is_an_error() => Property.HoldsAsync(150, choices =>
    {
        byte[] payload = Shipment.Pack(GraphBuilder.Build(choices), "graph", RoundTrip.Context).Payload.ToArray();
        int length = choices.Numbers.Sum(static number => (long)number) is var sum ? (int)(sum % payload.Length) : 0;

        Assert.Throws<ArgumentOutOfRangeException>(() => Shipment.Unpack(payload.AsMemory(0, length), RoundTrip.Context));
    });
}
