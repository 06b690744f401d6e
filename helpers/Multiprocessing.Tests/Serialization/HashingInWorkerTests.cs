using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Multiprocessing.Tests.Serialization;

/// <summary>Hash codes differ from process to process; what is in a collection is found in it all the same, there and back.</summary>
public class HashingInWorkerTests
{
    private static readonly string[] Words = [.. Enumerable.Range(0, 200).Select(i => $"w{i}")];

    [Fact]
    public async Task Text_is_found_in_every_collection()
    {
        Dictionary<string, int> map = Words.ToDictionary(w => w, w => w.Length);
        (Dictionary<string, int> Map, HashSet<string> Set, Hashtable Table, ConcurrentDictionary<string, int> Concurrent, ImmutableDictionary<string, int> Immutable,
            FrozenDictionary<string, int> Frozen, OrderedDictionary<string, int> Ordered, ILookup<string, int> Lookup, ImmutableHashSet<string> ImmutableSet, FrozenSet<string> FrozenSet) all =
            (map, [.. Words], new Hashtable(map), new(map), map.ToImmutableDictionary(), map.ToFrozenDictionary(), new(map), Words.ToLookup(w => w, w => 1), [.. Words], Words.ToFrozenSet());

        var back = await WorkerProcess.RunAsync(() => (FindAll(all), all));

        Assert.Equal(10, back.Item1);
        Assert.Equal(10, FindAll(back.all));
    }

    [Fact]
    public async Task Text_is_found_by_its_comparer()
    {
        Dictionary<string, int> map = Words.ToDictionary(w => w, w => 1, StringComparer.OrdinalIgnoreCase);
        HashSet<string> set = new(Words, StringComparer.CurrentCultureIgnoreCase);

        var back = await WorkerProcess.RunAsync(() => (map["W7"], set.Contains("W8"), map, set));

        Assert.Equal((1, true), (back.Item1, back.Item2));
        Assert.True(back.map.ContainsKey("W9"));
        Assert.Contains("W9", back.set);
    }

    [Fact]
    public async Task Types_records_enums_and_sets_are_found()
    {
        Dictionary<Type, int> types = new() { [typeof(string)] = 1, [typeof(List<int>)] = 2, [typeof(Key)] = 3 };
        Dictionary<Key, string> keys = Words.ToDictionary(w => new Key(w, w.Length), w => w);
        Dictionary<DayOfWeek, int> days = new() { [DayOfWeek.Friday] = 5 };
        HashSet<HashSet<string>> sets = new(HashSet<string>.CreateSetComparer()) { new() { "a", "b" } };
        Dictionary<(string, Type), int> pairs = new() { [("x", typeof(int))] = 1 };

        var back = await WorkerProcess.RunAsync(() =>
            (types[typeof(Key)], keys[new("w5", 2)], days[DayOfWeek.Friday], sets.Contains(new() { "b", "a" }), pairs[("x", typeof(int))], types, keys, sets));

        Assert.Equal((3, "w5", 5, true, 1), (back.Item1, back.Item2, back.Item3, back.Item4, back.Item5));
        Assert.Equal(2, back.types[typeof(List<int>)]);
        Assert.Equal("w6", back.keys[new("w6", 2)]);
        Assert.Contains(["a", "b"], back.sets);
    }

    [Fact]
    public async Task Objects_are_found_by_identity()
    {
        object one = new();
        Key two = new("two", 2);
        Dictionary<object, string> map = new(ReferenceEqualityComparer.Instance) { [one] = "one", [two] = "two" };
        HashSet<object> set = [one];

        var back = await WorkerProcess.RunAsync(() => (map[one], map.ContainsKey(new Key("two", 2)), set.Contains(one), map, set, one));

        Assert.Equal(("one", false, true), (back.Item1, back.Item2, back.Item3));
        Assert.Equal("one", back.map[back.one]);
        Assert.Contains(back.one, back.set);
    }

    private static int FindAll((Dictionary<string, int> Map, HashSet<string> Set, Hashtable Table, ConcurrentDictionary<string, int> Concurrent, ImmutableDictionary<string, int> Immutable,
        FrozenDictionary<string, int> Frozen, OrderedDictionary<string, int> Ordered, ILookup<string, int> Lookup, ImmutableHashSet<string> ImmutableSet, FrozenSet<string> FrozenSet) all) =>
        new[]
        {
            all.Map.ContainsKey, all.Set.Contains, w => all.Table.ContainsKey(w), all.Concurrent.ContainsKey, all.Immutable.ContainsKey, all.Frozen.ContainsKey, all.Ordered.ContainsKey,
            all.Lookup.Contains, all.ImmutableSet.Contains, (Func<string, bool>)all.FrozenSet.Contains,
        }.Count(contains => Array.TrueForAll(Words, word => contains(word)) && !contains("missing"));

    private sealed record Key(string Name, int Number);
}
