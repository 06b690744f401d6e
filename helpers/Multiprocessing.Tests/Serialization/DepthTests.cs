namespace Multiprocessing.Tests.Serialization;

/// <summary>However deep or large a graph is, it costs no stack.</summary>
public class DepthTests
{
    private const int Many = 1_000_000;

    [Fact]
    public void A_chain_of_a_million_objects_goes()
    {
        Node? first = null;
        for (int i = 0; i < Many; i++)
        {
            first = new Node { Next = first, Number = i };
        }

        int count = 0;
        for (Node? node = RoundTrip.Of(first); node is not null; node = node.Next)
        {
            Assert.Equal(Many - ++count, node.Number);
        }

        Assert.Equal(Many, count);
    }

    [Fact]
    public void A_chain_of_a_million_boxed_structs_goes()
    {
        object? first = null;
        for (int i = 0; i < Many; i++)
        {
            first = new Link { Next = first };
        }

        int count = 0;
        for (object? link = RoundTrip.Of(first); link is not null; link = ((Link)link).Next)
        {
            count++;
        }

        Assert.Equal(Many, count);
    }

    [Fact]
    public void A_chain_of_functions_goes()
    {
        Func<int, int> function = x => x;
        for (int i = 0; i < 1_000; i++)
        {
            Func<int, int> inner = function;
            function = x => inner(x) + 1;
        }

        Assert.Equal(1_000, RoundTrip.Of(function)(0));
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_functions_goes()
    {
        Func<int, int> function = x => x;
        for (int i = 0; i < 100_000; i++)
        {
            // Called to the end it would take too much stack, here as there.
            Func<int, int> inner = function;
            function = x => x > 0 ? inner(x - 1) + 1 : 0;
        }

        Assert.Equal(1_000, RoundTrip.Of(function)(1_000));
    }

    [Fact]
    public void Functions_bound_to_functions_go_but_not_without_end()
    {
        Func<int> function = () => 5;
        for (int i = 0; i < 100; i++)
        {
            function = function.Same;
        }

        Assert.Equal(5, RoundTrip.Of(function)());
        for (int i = 0; i < 100_000; i++)
        {
            function = function.Same;
        }

        Assert.Contains("too deep", RoundTrip.Refusal(function).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_weak_references_goes()
    {
        List<object> all = [new()];
        for (int i = 0; i < 100_000; i++)
        {
            all.Add(new WeakReference<object>(all[^1]));
        }

        all.Reverse();
        List<object> copy = RoundTrip.Of(all);
        Assert.True(((WeakReference<object>)copy[0]).TryGetTarget(out object? next));
        Assert.Same(copy[1], next);
    }

    [Fact]
    public void Sets_in_sets_go()
    {
        object inner = "core";
        for (int i = 0; i < 100_000; i++)
        {
            inner = new HashSet<object> { inner };
        }

        Assert.IsType<HashSet<object>>(RoundTrip.Of(inner));
    }

    [Fact]
    public void Fifty_megabytes_go()
    {
        byte[] bytes = new byte[50_000_000];
        new Random(1).NextBytes(bytes);

        Assert.True(RoundTrip.Of(bytes).AsSpan().SequenceEqual(bytes));
    }

    [Fact]
    public void A_dictionary_of_a_million_goes()
    {
        Dictionary<int, string> numbers = Enumerable.Range(0, Many).ToDictionary(i => i, i => "same");

        Dictionary<int, string> copy = RoundTrip.Of(numbers);

        Assert.Equal(Many, copy.Count);
        Assert.True(copy.ContainsKey(Many - 1));
    }

    private sealed class Node
    {
        public Node? Next;
        public int Number;
    }

    private struct Link
    {
        public object? Next;
    }
}

file static class Chain
{
    public static int Same(this Func<int> function) => function();
}
