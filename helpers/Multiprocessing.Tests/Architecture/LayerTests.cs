using Multiprocessing.Tests.Architecture.Samples.Memory;

namespace Multiprocessing.Tests.Architecture;

public class LayerTests
{
    private static readonly Lazy<IReadOnlyList<string>> OfSamples = new(
        static () => UpwardUses.Find(typeof(Uses).Assembly, new Layers("Multiprocessing.Tests.Architecture.Samples")));

    public static TheoryData<string> Samples => [.. typeof(Uses).GetNestedTypes().Select(static type => type.Name).Where(static name => name.StartsWith("By", StringComparison.Ordinal))];

    [Fact]
    public void No_layer_uses_one_that_stands_above_or_beside_it() =>
        Assert.Equal("", string.Join('\n', UpwardUses.Find(typeof(WorkerPool).Assembly, Layers.OfLibrary)));

    [Fact]
    public void Every_namespace_of_the_library_belongs_to_a_layer() => Assert.Empty(UpwardUses.FindStrays(typeof(WorkerPool).Assembly, Layers.OfLibrary));

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_use_upward_is_found(string sample) =>
        Assert.Contains(OfSamples.Value, use => use.StartsWith($"{typeof(Uses).FullName}+{sample} -> {typeof(Uses).Namespace![..^"Memory".Length]}Pools.", StringComparison.Ordinal));

    [Fact]
    public void A_use_downward_or_within_a_layer_is_none() => Assert.All(OfSamples.Value, static use => Assert.StartsWith($"{typeof(Uses).FullName}+By", use));
}
