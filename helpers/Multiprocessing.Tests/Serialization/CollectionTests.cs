using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Collections.Specialized;

namespace Multiprocessing.Tests.Serialization;

public class CollectionTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 100).Select(i => i * 37 % 101)];
    private static readonly string[] Words = [.. Numbers.Select(i => $"w{i}")];

    public static TheoryData<IEnumerable> Ordered =>
    [
        new List<int>(Numbers), new List<string>(Words), new LinkedList<string>(Words), new Queue<string>(Words), new Stack<string>(Words),
        new SortedSet<string>(Words), new SortedSet<int>(Numbers).GetViewBetween(10, 50), new SortedList<string, int>(Map()), new SortedDictionary<string, int>(Map()),
        new ArrayList(Words), new SortedList(Map()), new Queue(Words), new Stack(Words), new BitArray(Numbers), new Collection<string>(Words),
        new ReadOnlyCollection<string>(Words), new ObservableCollection<string>(Words), new ReadOnlyObservableCollection<string>(new(Words)),
        new ConcurrentQueue<string>(Words), new ConcurrentStack<string>(Words), new ConcurrentQueue<(int, string)>([(1, "a")]),
        Words.ToImmutableArray(), Words.ToImmutableList(), Words.ToImmutableSortedSet(), Map().ToImmutableSortedDictionary(),
        ImmutableStack.Create(Words), ImmutableQueue.Create(Words), Words.ToImmutableList().ToBuilder(), Words.ToImmutableArray().ToBuilder(),
        new OrderedDictionary<string, int>(Map()), Words.ToList().AsReadOnly(), new ArraySegment<string>(Words, 3, 5), new StringCollection { "a", "b" },
        ImmutableArray<int>.Empty, new ReadOnlyDictionary<string, int>(new SortedDictionary<string, int>(Map())),
        new OrderedDictionary { ["x"] = 1, ["a"] = 2, ["m"] = 3 },
    ];

    [Theory]
    [MemberData(nameof(Ordered))]
    public void A_collection_goes_in_its_order(IEnumerable collection)
    {
        IEnumerable copy = RoundTrip.Of(collection);
        Assert.IsType(collection.GetType(), copy);
        Assert.Equal(collection.Cast<object>(), copy.Cast<object>());
    }

    public static TheoryData<IEnumerable> Unordered =>
    [
        Map(), new HashSet<string>(Words), new HashSet<int>(Numbers), new ConcurrentDictionary<string, int>(Map()), new ConcurrentBag<string>(Words),
        new Hashtable(Map()), Map().ToImmutableDictionary(), Words.ToImmutableHashSet(), Map().ToFrozenDictionary(), Words.ToFrozenSet(),
        Numbers.ToFrozenSet(), Numbers.ToFrozenDictionary(i => i, i => "x"), Numbers.Take(3).ToFrozenSet(), Words.Take(1).ToFrozenSet(),
        FrozenSet<string>.Empty, ImmutableDictionary<string, int>.Empty, new ReadOnlyDictionary<string, int>(Map()), new ReadOnlySet<string>(new HashSet<string>(Words)),
        new HybridDictionary { ["a"] = 1 }, Hybrid(), new ListDictionary { ["a"] = 1 }, new ConcurrentDictionary<Guid, string> { [Guid.Empty] = "x" },
        Map().Keys, Map().Values, Hashtable.Synchronized(new Hashtable(Map())), ArrayList.Synchronized(new ArrayList(Words)),
        Words.ToFrozenSet(StringComparer.OrdinalIgnoreCase), new Dictionary<(string, int), DayOfWeek> { [("a", 1)] = DayOfWeek.Friday },
        Numbers.Select(i => (i, $"{i}")).ToHashSet(), Words.Select(w => w.Length).ToImmutableHashSet(),
    ];

    [Theory]
    [MemberData(nameof(Unordered))]
    public void A_collection_that_hashes_goes_with_all_its_elements(IEnumerable collection)
    {
        IEnumerable copy = RoundTrip.Of(collection);
        Assert.IsType(collection.GetType(), copy);
        Assert.Equal(collection.Cast<object>().Select(Text).Order(StringComparer.Ordinal), copy.Cast<object>().Select(Text).Order(StringComparer.Ordinal));

        static string? Text(object element) => element is DictionaryEntry entry ? $"{entry.Key}: {entry.Value}" : element.ToString();
    }

    [Fact]
    public void A_dictionary_keeps_the_order_in_which_its_elements_came()
    {
        Dictionary<string, int> copy = RoundTrip.Of(Map());
        Assert.Equal(Map().Keys, copy.Keys);
        copy["new"] = 1;
        Assert.Equal(101, copy.Count);
    }

    [Fact]
    public void A_priority_queue_goes()
    {
        PriorityQueue<string, int> queue = new(Words.Zip(Numbers), Comparer<int>.Create((x, y) => y - x));

        PriorityQueue<string, int> copy = RoundTrip.Of(queue);

        Assert.Equal("w100", copy.Dequeue());
        Assert.Equal("w99", copy.Dequeue());
        Assert.Equal(98, copy.Count);
    }

    [Fact]
    public void A_name_value_collection_goes()
    {
        NameValueCollection values = new() { { "Key", "a" }, { "key", "b" }, { null, "none" }, { "other", null } };

        NameValueCollection copy = RoundTrip.Of(values);

        Assert.Equal("a,b", copy["KEY"]);
        Assert.Equal("none", copy[null]);
        Assert.Equal(3, copy.Count);
        copy.Add("KEY", "c");
        Assert.Equal("a,b,c", copy["key"]);
    }

    [Fact]
    public void A_lookup_goes()
    {
        ILookup<int, string> lookup = Words.Append(null!).ToLookup(word => word?.Length ?? 0);

        ILookup<int, string> copy = RoundTrip.Of(lookup);

        Assert.Equal(lookup[2], copy[2]);
        Assert.Equal(lookup.Count, copy.Count);
        Assert.Empty(copy[77]);
    }

    [Fact]
    public void A_lookup_can_have_a_key_that_is_nothing()
    {
        ILookup<string?, int> copy = RoundTrip.Of(new (string? Key, int Value)[] { (null, 1), ("a", 2), (null, 3) }.ToLookup(pair => pair.Key, pair => pair.Value));
        Assert.Equal([1, 3], copy[null]);
        Assert.Equal([2], copy["a"]);
    }

    [Fact]
    public void Groups_go()
    {
        List<IGrouping<int, string>> groups = [.. Words.GroupBy(word => word.Length)];
        Assert.Equal(groups.Select(g => (g.Key, g.Count())), RoundTrip.Of(groups).Select(g => (g.Key, g.Count())));
    }

    [Fact]
    public void A_linked_list_can_be_walked_both_ways()
    {
        LinkedList<string> copy = RoundTrip.Of(new LinkedList<string>(Words));
        Assert.Equal(Words[^2], copy.Last!.Previous!.Value);
        Assert.Same(copy, copy.First!.List);
        copy.AddLast("end");
        Assert.Equal(101, copy.Count);
    }

    [Fact]
    public void Collections_of_one_s_own_go_with_their_fields()
    {
        Members members = new("club") { "b", "a" };
        Tags tags = new() { Note = "n" };
        tags.Add("x");
        Names names = new() { Note = "list" };
        names.Add("first");
        Ages ages = new("ages") { ["Kim"] = 30 };
        Loud loud = new() { ["a"] = 1 };

        (Members m, Tags t, Names n, Ages a, Loud l) = RoundTrip.Of((members, tags, names, ages, loud));

        Assert.Equal(("club", "a", 2), (m.Note, m["A"], m.Count));
        Assert.Equal(("n", true), (t.Note, t.Contains("X")));
        Assert.Equal(("list", "first"), (n.Note, n[0]));
        Assert.Equal(("ages", 30), (a.Note, a["KIM"]));
        Assert.Equal((1, 1), (l["a"], l.Calls));
    }

    [Fact]
    public void A_collection_can_be_changed_after_the_journey()
    {
        ConcurrentQueue<int> queue = RoundTrip.Of(new ConcurrentQueue<int>(Numbers));
        queue.Enqueue(1);
        Assert.Equal(101, queue.Count);
        ConcurrentBag<int> bag = RoundTrip.Of(new ConcurrentBag<int>(Numbers));
        bag.Add(1);
        Assert.Equal(101, bag.Count);
        SortedDictionary<string, int> sorted = RoundTrip.Of(new SortedDictionary<string, int>(Map()));
        sorted["zz"] = 1;
        Assert.Equal(101, sorted.Count);
        ObservableCollection<string> observable = RoundTrip.Of(new ObservableCollection<string>(Words));
        int changes = 0;
        observable.CollectionChanged += (_, _) => changes++;
        observable.Add("x");
        Assert.Equal(1, changes);
    }

    [Fact]
    public void An_object_of_loose_members_goes()
    {
        dynamic loose = new System.Dynamic.ExpandoObject();
        loose.Name = "x";
        loose.Inner = new System.Dynamic.ExpandoObject();
        loose.Inner.Count = 3;
        loose.Self = loose;
        loose.Twice = (Func<int, int>)(x => x * 2);

        dynamic copy = RoundTrip.Of<object>(loose);

        Assert.Equal("x", (string)copy.Name);
        Assert.Equal(3, (int)copy.Inner.Count);
        Assert.Same((object)copy, (object)copy.Self);
        Assert.Equal(8, (int)copy.Twice(4));
        copy.More = 1;
        Assert.Equal(1, (int)copy.More);
    }

    [Fact]
    public void An_object_of_loose_members_goes_with_those_who_listen_to_its_changes()
    {
        System.Dynamic.ExpandoObject loose = new();
        List<string?> heard = [];
        ((System.ComponentModel.INotifyPropertyChanged)loose).PropertyChanged += (_, change) => heard.Add(change.PropertyName);

        (System.Dynamic.ExpandoObject copy, List<string?> heardByCopy) = RoundTrip.Of((loose, heard));
        ((IDictionary<string, object?>)copy)["new"] = 1;

        Assert.Equal(["new"], heardByCopy);
        Assert.Empty(heard);
    }

    [Theory]
    [InlineData("dictionary")]
    [InlineData("ordered")]
    [InlineData("concurrent")]
    [InlineData("immutable")]
    [InlineData("frozen")]
    [InlineData("table")]
    [InlineData("set")]
    [InlineData("immutable set")]
    [InlineData("frozen set")]
    public void Keys_that_have_become_equal_are_an_error_and_none_is_lost(string kind)
    {
        Mutable[] keys = [new() { Value = 1 }, new() { Value = 2 }, new() { Value = 3 }];
        Dictionary<Mutable, int> map = keys.ToDictionary(key => key, key => key.Value);
        object collection = kind switch
        {
            "ordered" => new OrderedDictionary<Mutable, int>(map),
            "concurrent" => new ConcurrentDictionary<Mutable, int>(map),
            "immutable" => map.ToImmutableDictionary(),
            "frozen" => map.ToFrozenDictionary(),
            "table" => new Hashtable(map),
            "set" => keys.ToHashSet(),
            "immutable set" => keys.ToImmutableHashSet(),
            "frozen set" => keys.ToFrozenSet(),
            _ => map,
        };
        Assert.NotNull(RoundTrip.Of(collection));
        keys[2].Value = 1;

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => RoundTrip.Of(collection));

        Assert.Contains("Of the 3 elements", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 are equal", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, int> Map() => Words.Zip(Numbers).ToDictionary(pair => pair.First, pair => pair.Second);

    private static HybridDictionary Hybrid()
    {
        HybridDictionary hybrid = [];
        Array.ForEach(Words, word => hybrid.Add(word, 1));
        return hybrid;
    }

    private sealed class Members(string note) : KeyedCollection<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        public string Note => note;

        protected override string GetKeyForItem(string item) => item;
    }

    private sealed class Tags() : HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        public string Note = "";
    }

    private sealed class Names : List<string>
    {
        public string Note = "";
    }

    private sealed class Ages(string note) : Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        public string Note => note;
    }

    private sealed class Mutable
    {
        public int Value { get; set; }

        public override bool Equals(object? obj) => obj is Mutable other && other.Value == Value;

        public override int GetHashCode() => Value;
    }

    private sealed class Loud : Hashtable
    {
        public int Calls { get; private set; }

        public override object? this[object key]
        {
            get => base[key];
            set
            {
                Calls++;
                base[key] = value;
            }
        }

        public override void Add(object key, object? value) => throw new InvalidOperationException("Use the indexer.");
    }
}
