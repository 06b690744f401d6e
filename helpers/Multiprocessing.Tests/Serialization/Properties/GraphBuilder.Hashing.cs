using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Multiprocessing.Tests.Serialization.Properties.Samples;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Collections that hash: by text, by value, by identity, by a comparer that is itself part of the graph.</summary>
internal sealed partial class GraphBuilder
{
    private object Hashing() => Next(13) switch
    {
        0 => FilledByKey(new Dictionary<object, object?>(ObjectComparer())),
        1 => FilledByKey(new Dictionary<string, object?>(TextComparer())),
        2 => FilledByKey(new OrderedDictionary<object, object?>(ObjectComparer())),
        3 => FilledByKey(new ConcurrentDictionary<string, object?>(TextComparer())),
        4 => FilledByKey(new ConcurrentDictionary<object, object?>(ObjectComparer())),
        5 => FilledByKey(new Hashtable(ObjectComparer() as IEqualityComparer)),
        6 => Numbered(),
        7 => FilledSet(new HashSet<object>(ObjectComparer()), Key),
        8 => FilledSet(new HashSet<string>(TextComparer()), TextKey),
        9 => Keep(ImmutableDictionary.Create<string, object?>(TextComparer()).SetItems(Pairs(TextKey))),
        10 => Keep(ImmutableHashSet.CreateRange(ObjectComparer(), Pairs(Key).Select(static pair => pair.Key))),
        11 => Keep(Pairs(TextKey).ToFrozenDictionary(TextComparer())),
        _ => Keep(Pairs(Key).Select(static pair => pair.Key).ToFrozenSet(ObjectComparer())),
    };

    /// <summary>A key whose equality never leads into the rest of the graph, where it might go round for ever.</summary>
    private object Key() => Next(9) switch
    {
        0 => Serial(),
        1 => TextKey(),
        2 => Node(),
        3 => new Label(TextKey(), Next(5)),
        4 => (TextKey(), Node()),
        5 => Keep(new object?[] { Serial(), Any() }),
        6 => new Version(1, Serial()),
        7 => Enumerable.Repeat((Enums.OfInt64)Serial(), 1).First(),
        _ => Counter(Serial()),
    };

    private string TextKey() => Keep($"{(Next(2) == 0 ? "Key" : "key")} {Serial()}");

    private IEqualityComparer<string>? TextComparer() => Next(6) switch
    {
        0 => null,
        1 => StringComparer.Ordinal,
        2 => StringComparer.OrdinalIgnoreCase,
        3 => StringComparer.InvariantCultureIgnoreCase,
        4 => Keep(new LastLetters { Count = 1 + Next(9), Link = Shared() }),
        _ => Keep(LastLetters.Function(1 + Next(9), Shared())),
    };

    private IEqualityComparer<object>? ObjectComparer() => Next(3) switch
    {
        0 => null,
        1 => ReferenceEqualityComparer.Instance!,
        _ => Keep(new LinkedComparer { Link = Any() }),
    };

    private T FilledByKey<T>(T dictionary)
        where T : class, IDictionary
    {
        Keep(dictionary);
        bool byText = dictionary is Dictionary<string, object?> or ConcurrentDictionary<string, object?>;
        for (int left = Next(6); left > 0; left--)
        {
            object key = byText ? TextKey() : Key();
            dictionary[key] = Any();
        }

        return dictionary;
    }

    /// <summary>A dictionary from which something has been taken out, so that what came later stands in its place.</summary>
    private Dictionary<int, (string, object?)> Numbered()
    {
        Dictionary<int, (string, object?)> dictionary = Keep(new Dictionary<int, (string, object?)>());
        for (int left = Next(6); left > 0; left--)
        {
            dictionary[Serial()] = (Text(), Any());
            if (Next(4) == 3)
            {
                dictionary.Remove(dictionary.Keys.First());
            }
        }

        return dictionary;
    }

    private HashSet<T> FilledSet<T>(HashSet<T> set, Func<T> key)
    {
        Keep(set);
        for (int left = Next(6); left > 0; left--)
        {
            set.Add(key());
        }

        return set;
    }

    private List<KeyValuePair<T, object?>> Pairs<T>(Func<T> key)
    {
        List<KeyValuePair<T, object?>> pairs = [];
        for (int left = Next(8); left > 0; left--)
        {
            pairs.Add(new(key(), Any()));
        }

        return pairs;
    }
}
