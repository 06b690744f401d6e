namespace Multiprocessing.Tests.Serialization;

public class IdentityTests
{
    [Fact]
    public void Nothing_stays_nothing() => Assert.Null(RoundTrip.Of<object?>(null));

    [Fact]
    public void A_copy_is_another_object()
    {
        Node node = new();
        Assert.NotSame(node, RoundTrip.Of(node));
    }

    [Fact]
    public void An_object_that_refers_to_itself_does_so_still()
    {
        Node node = new();
        node.Next = node;

        Node copy = RoundTrip.Of(node);

        Assert.Same(copy, copy.Next);
    }

    [Fact]
    public void Two_lists_that_share_an_element_share_it_still()
    {
        Node shared = new();
        (List<Node> first, List<Node> second) = RoundTrip.Of((new List<Node> { shared }, new List<Node> { new(), shared }));

        Assert.Same(first[0], second[1]);
        Assert.NotSame(first[0], second[0]);
    }

    [Fact]
    public void An_array_can_contain_itself()
    {
        object[] array = new object[2];
        array[0] = array;
        array[1] = new object[] { array };

        object[] copy = RoundTrip.Of(array);

        Assert.Same(copy, copy[0]);
        Assert.Same(copy, ((object[])copy[1])[0]);
    }

    [Fact]
    public void A_list_can_contain_itself()
    {
        List<object> list = [];
        list.Add(list);

        List<object> copy = RoundTrip.Of(list);

        Assert.Same(copy, copy[0]);
    }

    [Fact]
    public void A_boxed_value_keeps_its_identity()
    {
        object number = 7;
        object pair = (1, "one");
        object[] copy = RoundTrip.Of<object[]>([number, number, 7, pair, pair]);

        Assert.Same(copy[0], copy[1]);
        Assert.NotSame(copy[0], copy[2]);
        Assert.Equal(7, copy[2]);
        Assert.Same(copy[3], copy[4]);
        Assert.Equal((1, "one"), copy[3]);
    }

    [Fact]
    public void A_boxed_struct_can_be_reached_from_itself()
    {
        object box = new Link();
        typeof(Link).GetField(nameof(Link.Next))!.SetValue(box, box);

        object copy = RoundTrip.Of(box);

        Assert.Same(copy, ((Link)copy).Next);
    }

    [Fact]
    public void Equal_strings_stay_one_or_two_objects()
    {
        string one = new('x', 3);
        string other = new('x', 3);
        string[] copy = RoundTrip.Of<string[]>([one, one, other]);

        Assert.Same(copy[0], copy[1]);
        Assert.NotSame(copy[0], copy[2]);
    }

    [Fact]
    public void Objects_that_call_themselves_equal_stay_apart()
    {
        Same[] copy = RoundTrip.Of<Same[]>([new(1), new(2)]);
        Assert.Equal([1, 2], copy.Select(same => same.Number));
    }

    private sealed class Node
    {
        public Node? Next;
    }

    private struct Link
    {
        public object? Next;
    }

    private sealed class Same(int number)
    {
        public int Number => number;

        public override bool Equals(object? obj) => obj is Same;

        public override int GetHashCode() => 1;
    }
}
