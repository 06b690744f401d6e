namespace Multiprocessing.Tests.Serialization;

/// <summary>What is hashed must be whole when it is hashed, wherever in the graph it was met first.</summary>
public class HashingOrderTests
{
    [Fact]
    public void A_set_that_was_met_first_is_whole_when_a_later_one_hashes_it()
    {
        HashSet<Point> inner = [new(1, "one"), new(2, "two")];
        HashSet<HashSet<Point>> outer = new(HashSet<Point>.CreateSetComparer()) { inner };

        (HashSet<Point> copiedInner, HashSet<HashSet<Point>> copiedOuter) = RoundTrip.Of((inner, outer));

        Assert.Contains(copiedInner, copiedOuter);
        Assert.Contains([new(2, "two"), new(1, "one")], copiedOuter);
    }

    [Fact]
    public void A_set_that_was_met_last_is_whole_when_an_earlier_one_hashes_it()
    {
        HashSet<Point> inner = [new(1, "one")];
        HashSet<HashSet<Point>> outer = new(HashSet<Point>.CreateSetComparer()) { inner };

        (HashSet<HashSet<Point>> copiedOuter, HashSet<Point> copiedInner) = RoundTrip.Of((outer, inner));

        Assert.Contains(copiedInner, copiedOuter);
    }

    [Fact]
    public void A_key_that_hashes_a_dictionary_inside_it_is_found()
    {
        Bag bag = new(new() { [new Point(1, "x")] = 5 });
        Dictionary<Bag, string> map = new() { [bag] = "bag" };

        (Dictionary<Point, int> first, Dictionary<Bag, string> copy) = RoundTrip.Of((bag.Contents, map));

        Assert.Equal("bag", copy[new Bag(new() { [new Point(1, "x")] = 5 })]);
        Assert.Same(first, copy.Keys.Single().Contents);
    }

    [Fact]
    public void A_comparer_that_looks_things_up_can_do_so()
    {
        Dictionary<Point, int> ranks = new() { [new(1, "a")] = 1, [new(2, "b")] = 2 };
        HashSet<Point> set = new(new ByRank(ranks)) { new(1, "a") };

        (Dictionary<Point, int> _, HashSet<Point> copy) = RoundTrip.Of((ranks, set));

        Assert.Contains(new Point(1, "a"), copy);
    }

    [Fact]
    public void A_comparer_made_of_a_function_that_looks_things_up_can_do_so()
    {
        Dictionary<Point, int> ranks = new() { [new(1, "a")] = 1, [new(2, "b")] = 2 };
        HashSet<Point> set = new(EqualityComparer<Point>.Create((x, y) => ranks[x!] == ranks[y!], p => ranks[p])) { new(1, "a") };

        (Dictionary<Point, int> _, HashSet<Point> copy) = RoundTrip.Of((ranks, set));

        Assert.Contains(new Point(1, "a"), copy);
    }

    [Fact]
    public void A_dictionary_whose_values_lead_back_to_its_keys_goes()
    {
        Dictionary<Node, List<Node>> edges = [];
        Node a = new(edges, "a");
        Node b = new(edges, "b");
        edges[a] = [b];
        edges[b] = [a, b];

        Dictionary<Node, List<Node>> copy = RoundTrip.Of(edges);

        Node first = copy.Keys.First();
        Assert.Same(copy, first.Graph);
        Assert.Same(first, copy[copy[first][0]][0]);
    }

    [Fact]
    public void Keys_of_keys_of_keys_are_found()
    {
        object inner = new HashSet<Point> { new(1, "deep") };
        List<object> all = [inner];
        for (int i = 0; i < 50; i++)
        {
            inner = new HashSet<Wrapped> { new(inner) };
            all.Add(inner);
        }

        List<object> copy = RoundTrip.Of(all);

        for (int i = 1; i < copy.Count; i++)
        {
            HashSet<Wrapped> set = (HashSet<Wrapped>)copy[i];
            Assert.Contains(set.Single(), set);
        }
    }

    private sealed record Point(int X, string Name);

    private sealed class Bag(Dictionary<Point, int> contents)
    {
        public Dictionary<Point, int> Contents => contents;

        public override bool Equals(object? obj) => obj is Bag other && contents.OrderBy(p => p.Value).SequenceEqual(other.Contents.OrderBy(p => p.Value));

        public override int GetHashCode() => contents.Aggregate(0, (hash, pair) => hash ^ HashCode.Combine(pair.Key, pair.Value));
    }

    private sealed class ByRank(Dictionary<Point, int> ranks) : IEqualityComparer<Point>
    {
        public bool Equals(Point? x, Point? y) => ranks[x!] == ranks[y!];

        public int GetHashCode(Point point) => ranks[point];
    }

    private sealed class Node(Dictionary<Node, List<Node>> graph, string name)
    {
        public Dictionary<Node, List<Node>> Graph => graph;

        public override bool Equals(object? obj) => obj is Node other && other.ToString() == name;

        public override int GetHashCode() => name.GetHashCode(StringComparison.Ordinal);

        public override string ToString() => name;
    }

    private sealed class Wrapped(object inner)
    {
        public override bool Equals(object? obj) => obj is Wrapped other && other.GetHashCode() == GetHashCode();

        public override int GetHashCode() => inner switch
        {
            HashSet<Point> points => points.Aggregate(17, (hash, point) => hash + point.GetHashCode()),
            HashSet<Wrapped> sets => sets.Aggregate(31, (hash, set) => (hash * 7) + set.GetHashCode()),
            _ => 0,
        };
    }
}
