using Multiprocessing.Serialization;

namespace Multiprocessing.Tests.Serialization;

public class ObjectTests
{
    [Fact]
    public void Fields_go_whatever_their_access_and_their_level()
    {
        Derived copy = RoundTrip.Of(new Derived(1, 2, "p"));
        Assert.Equal((1, 2, "p", 3), (copy.BaseHidden, copy.Hidden, copy.Property, copy.Constant));
    }

    [Fact]
    public void No_constructor_runs()
    {
        Counting counting = new();
        int before = Counting.Made;

        _ = RoundTrip.Of(counting);

        Assert.Equal(before, Counting.Made);
    }

    [Fact]
    public void Generic_objects_go()
    {
        Box<(string, Box<int>)>.Nested<DayOfWeek> nested = new() { Value = ("x", new Box<int> { Value = 5 }), Other = DayOfWeek.Sunday };

        Box<(string, Box<int>)>.Nested<DayOfWeek> copy = RoundTrip.Of(nested);

        Assert.Equal(("x", 5, DayOfWeek.Sunday), (copy.Value.Item1, copy.Value.Item2.Value, copy.Other));
    }

    [Fact]
    public void Records_go()
    {
        Person person = new("Kim", 30) { Tags = ["a"] };
        Person copy = RoundTrip.Of(person);

        Assert.Equal((person.Name, person.Age), (copy.Name, copy.Age));
        Assert.Equal(["a"], copy.Tags);
        Assert.Equal(new Point(1, 2), RoundTrip.Of(new Point(1, 2)));
        Assert.Equal(new Student("Lee", 20, "KAIST"), RoundTrip.Of<Person>(new Student("Lee", 20, "KAIST")));
    }

    [Fact]
    public void Tuples_go()
    {
        var values = (1, "2", 3.0, '4', 5L, 6m, (7, 8), 9, 10, "11", 12, 13, 14, 15, 16, "17");
        Assert.Equal(values, RoundTrip.Of(values));
        var objects = Tuple.Create(1, "2", 3, 4, 5, 6, 7, Tuple.Create("8"));
        Assert.Equal(objects, RoundTrip.Of(objects));
    }

    [Fact]
    public void Anonymous_types_go()
    {
        var value = new { Name = "x", Inner = new { Count = 3 } };
        Assert.Equal(value, RoundTrip.Of(value));
    }

    [Fact]
    public void Primary_constructors_go() => Assert.Equal("a3", RoundTrip.Of(new Primary("a", 3)).Text);

    [Fact]
    public void A_disposable_object_with_nothing_open_goes() => Assert.False(RoundTrip.Of(new Closable()).Closed);

    [Fact]
    public void Weak_references_go()
    {
        List<int> target = [1];
        (List<int> strong, WeakReference<List<int>> weak, WeakReference old) = RoundTrip.Of((target, new WeakReference<List<int>>(target), new WeakReference(target, true)));

        Assert.True(weak.TryGetTarget(out List<int>? found));
        Assert.Same(strong, found);
        Assert.Same(strong, old.Target);
        Assert.True(old.TrackResurrection);
        Assert.False(RoundTrip.Of(new WeakReference<object>(null!)).TryGetTarget(out _));
    }

    [Fact]
    public void A_weak_reference_in_what_cannot_be_read_to_its_end_does_no_harm()
    {
        byte[] payload = Shipment.Pack(new object[] { new WeakReference<object>("x"), new WeakReference("y"), 5 }, "value", RoundTrip.Context).Payload.ToArray();

        for (int length = 0; length < payload.Length; length++)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Shipment.Unpack(payload.AsMemory(0, length), RoundTrip.Context));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Fact]
    public void A_weak_reference_to_itself_goes()
    {
        Self self = new();
        self.Me = new WeakReference<Self>(self);

        Self copy = RoundTrip.Of(self);

        Assert.True(copy.Me!.TryGetTarget(out Self? found));
        Assert.Same(copy, found);
    }

    [Fact]
    public void Lazy_values_go_computed_or_not()
    {
        int start = 20;
        Lazy<int> pending = new(() => start + 1);
        Lazy<int> computed = new(() => start + 2);
        _ = computed.Value;

        (Lazy<int> first, Lazy<int> second, Lazy<List<int>> third) = RoundTrip.Of((pending, computed, new Lazy<List<int>>()));

        Assert.False(first.IsValueCreated);
        Assert.Equal(21, first.Value);
        Assert.True(second.IsValueCreated);
        Assert.Equal(22, second.Value);
        Assert.Empty(third.Value);
        Assert.Equal(21, RoundTrip.Of(new Lazy<int>(() => start + 1, LazyThreadSafetyMode.PublicationOnly)).Value);
        Assert.Equal(21, RoundTrip.Of(new Lazy<int>(() => start + 1, isThreadSafe: false)).Value);
    }

    [Fact]
    public void Random_numbers_go_on_where_they_were()
    {
        foreach (Random random in (Random[])[new Random(), new Random(5), new Lucky(), Random.Shared])
        {
            _ = random.Next();
            Random copy = RoundTrip.Of(random);
            int[] own = [.. Enumerable.Range(0, 5).Select(_ => random.Next(1000))];
            int[] copied = [.. Enumerable.Range(0, 5).Select(_ => copy.Next(1000))];
            if (random != Random.Shared)
            {
                Assert.Equal(own, copied);
            }
        }
    }

    [Fact]
    public void The_framework_s_own_order_of_fields_does_not_depend_on_who_asked_first()
    {
        _ = typeof(Asked).GetField("Third");
        _ = typeof(Asked).GetField("Second");
        Assert.Equal(["First", "Second", "Third"], Multiprocessing.Serialization.Graph.FieldList.Of(typeof(Asked)).Select(f => f.Name));
    }

    private sealed class Asked
    {
        public int First;
        public int Second;
        public int Third;
    }

    private class Base(int hidden)
    {
        private readonly int _hidden = hidden;

        public int BaseHidden => _hidden;
    }

    private sealed class Derived(int baseHidden, int hidden, string property) : Base(baseHidden)
    {
        public readonly int Constant = 3;
        private readonly int _hidden = hidden;

        public int Hidden => _hidden;

        public string Property { get; } = property;
    }

    private sealed class Counting
    {
        public Counting() => Made++;

        public static int Made { get; private set; }
    }

    private class Box<T>
    {
        public T Value = default!;

        public sealed class Nested<TOther> : Box<T>
        {
            public TOther Other = default!;
        }
    }

    private record Person(string Name, int Age)
    {
        public List<string> Tags { get; init; } = [];

        public virtual bool Equals(Person? other) => other is not null && Name == other.Name && Age == other.Age;

        public override int GetHashCode() => Age;
    }

    private sealed record Student(string Name, int Age, string School) : Person(Name, Age);

    private readonly record struct Point(int X, int Y);

    private sealed class Primary(string text, int number)
    {
        public string Text => text + number;
    }

    private sealed class Closable : IDisposable
    {
        public bool Closed { get; private set; }

        public void Dispose() => Closed = true;
    }

    private sealed class Self
    {
        public WeakReference<Self>? Me;
    }

    private sealed class Lucky : Random
    {
        private int _calls;

        public override int Next(int maxValue) => base.Next(maxValue) + _calls++;
    }
}
