using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Multiprocessing.Tests.Serialization;

/// <summary>A collection compares its elements by the same rules after the journey.</summary>
public class ComparerTests
{
    public static TheoryData<StringComparer> StringComparers =>
    [
        StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, StringComparer.CurrentCulture, StringComparer.CurrentCultureIgnoreCase,
        StringComparer.InvariantCulture, StringComparer.InvariantCultureIgnoreCase, StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), true),
        StringComparer.Create(CultureInfo.GetCultureInfo("ko-KR"), CompareOptions.IgnoreKanaType | CompareOptions.IgnoreWidth),
    ];

    [Theory]
    [MemberData(nameof(StringComparers))]
    public void A_collection_of_text_keeps_its_rules(StringComparer comparer)
    {
        bool same = comparer.Equals("ab", "AB");
        bool wide = comparer.Equals("ab", "ａｂ");
        string[] words = ["ab", "other"];
        Dictionary<string, int> map = words.ToDictionary(w => w, w => 1, comparer);

        foreach (Func<string, bool> contains in (Func<string, bool>[])
        [
            RoundTrip.Of(map).ContainsKey, RoundTrip.Of(words.ToHashSet(comparer)).Contains, RoundTrip.Of(new SortedSet<string>(words, comparer)).Contains,
            RoundTrip.Of(new ConcurrentDictionary<string, int>(map, comparer)).ContainsKey, RoundTrip.Of(map.ToImmutableDictionary(comparer)).ContainsKey,
            RoundTrip.Of(words.ToImmutableHashSet(comparer)).Contains, RoundTrip.Of(words.ToImmutableSortedSet(comparer)).Contains,
            RoundTrip.Of(words.ToFrozenSet(comparer)).Contains, RoundTrip.Of(map.ToFrozenDictionary(comparer)).ContainsKey,
            RoundTrip.Of(new OrderedDictionary<string, int>(map, comparer)).ContainsKey, RoundTrip.Of(new SortedList<string, int>(map, comparer)).ContainsKey,
            RoundTrip.Of(new Hashtable(map, comparer)).ContainsKey, RoundTrip.Of(words.ToLookup(w => w, comparer)).Contains,
        ])
        {
            Assert.True(contains("ab"));
            Assert.False(contains("missing"));
            Assert.Equal((contains.Target, same), (contains.Target, contains("AB")));
            Assert.Equal((contains.Target, wide), (contains.Target, contains("ａｂ")));
        }
    }

    [Fact]
    public void A_comparer_of_one_s_own_goes_with_its_state()
    {
        HashSet<int> copy = RoundTrip.Of(new HashSet<int>(new Modulo(10)) { 3, 14 });
        Assert.Contains(13, copy);
        Assert.Contains(4, copy);
        Assert.DoesNotContain(5, copy);
    }

    [Fact]
    public void Comparers_that_exist_once_exist_once_still()
    {
        object[] comparers =
        [
            EqualityComparer<string>.Default, EqualityComparer<int>.Default, EqualityComparer<DayOfWeek>.Default, EqualityComparer<(int, string)>.Default,
            Comparer<string>.Default, Comparer<Version>.Default, StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, ReferenceEqualityComparer.Instance,
            EqualityComparer<int?>.Default, EqualityComparer<byte>.Default,
        ];
        object[] copies = RoundTrip.Of(comparers);
        for (int i = 0; i < comparers.Length; i++)
        {
            Assert.Same(comparers[i], copies[i]);
        }
    }

    [Fact]
    public void Sets_of_sets_can_be_looked_up()
    {
        HashSet<HashSet<int>> sets = new(HashSet<int>.CreateSetComparer()) { new() { 1, 2 }, new() { 3 } };
        HashSet<SortedSet<string>> sorted = new(SortedSet<string>.CreateSetComparer()) { new() { "a" } };

        (HashSet<HashSet<int>> copy, HashSet<SortedSet<string>> copiedSorted) = RoundTrip.Of((sets, sorted));

        Assert.Contains(new HashSet<int> { 2, 1 }, copy);
        Assert.DoesNotContain(new HashSet<int> { 1 }, copy);
        Assert.Contains(new SortedSet<string> { "a" }, copiedSorted);
    }

    [Fact]
    public void Structural_and_identity_comparers_go()
    {
        Hashtable structural = new(StructuralComparisons.StructuralEqualityComparer) { [new[] { 1, 2 }] = "x" };
        Node node = new("n");
        HashSet<Node> identities = new(ReferenceEqualityComparer.Instance) { node };

        (Hashtable s, HashSet<Node> i, Node n) = RoundTrip.Of((structural, identities, node));

        Assert.Equal("x", s[new[] { 1, 2 }]);
        Assert.Contains(n, i);
        Assert.DoesNotContain(new Node("n"), i);
    }

    private sealed record Node(string Name);

    private sealed class Modulo(int modulus) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => x % modulus == y % modulus;

        public int GetHashCode(int number) => number % modulus;
    }
}
