using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Dynamic;
using System.Reflection;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers.Collections;

/// <summary>The framework's collections that hash their elements.</summary>
internal static class CollectionSerializers
{
    private static readonly Dictionary<string, string> Makers = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.Dictionary`2"] = nameof(Dictionary),
        ["System.Collections.Generic.OrderedDictionary`2"] = nameof(OrderedDictionary),
        ["System.Collections.Concurrent.ConcurrentDictionary`2"] = nameof(ConcurrentDictionary),
        ["System.Collections.Immutable.ImmutableDictionary`2"] = nameof(ImmutableDictionary),
        ["System.Collections.Frozen.FrozenDictionary`2"] = nameof(FrozenDictionary),
        ["System.Linq.Lookup`2"] = nameof(Lookup),
        ["System.Collections.Generic.HashSet`1"] = nameof(HashSet),
        ["System.Collections.Concurrent.ConcurrentBag`1"] = nameof(ConcurrentBag),
        ["System.Collections.Immutable.ImmutableHashSet`1"] = nameof(ImmutableHashSet),
        ["System.Collections.Frozen.FrozenSet`1"] = nameof(FrozenSet),
        ["System.Collections.Hashtable"] = nameof(Hashtable),
        ["System.Dynamic.ExpandoObject"] = nameof(ExpandoObject),
    };

    /// <summary>The serializer of a collection that hashes, or of a type derived from one; null for any other type.</summary>
    public static Serializer? TrySelect(Type type)
    {
        if (!Makers.TryFind(type, out Type collection, out string? maker))
        {
            return null;
        }

        MethodInfo method = typeof(CollectionSerializers).GetMethod(maker!, BindingFlags.NonPublic | BindingFlags.Static)!;
        if (collection.IsGenericType)
        {
            method = method.MakeGenericMethod(collection.GetGenericArguments());
        }

        return (Serializer)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [type], null)!;
    }

    /// <summary>Runs a constructor on an object that was allocated without one.</summary>
    private static void Construct(Type type, object instance, params (Type Type, object? Value)[] arguments) =>
        type.GetConstructor(Array.ConvertAll(arguments, static a => a.Type))!
            .Invoke(instance, BindingFlags.DoNotWrapExceptions, null, Array.ConvertAll(arguments, static a => a.Value), null);

    private static PairsSerializer<TKey, TValue> Dictionary<TKey, TValue>(Type type)
        where TKey : notnull
    {
        Type self = typeof(Dictionary<TKey, TValue>);
        return new(type, self, new(
            1,
            static d => [((Dictionary<TKey, TValue>)d).Comparer],
            static d => (Dictionary<TKey, TValue>)d,
            (d, comparers, pairs) =>
            {
                Construct(self, d, (typeof(int), pairs.Length), (typeof(IEqualityComparer<TKey>), comparers[0]));
                Dictionary<TKey, TValue> dictionary = (Dictionary<TKey, TValue>)d;
                Array.ForEach(pairs, pair => dictionary[pair.Key] = pair.Value);
                Expect(pairs.Length, dictionary.Count, type);
            }));
    }

    private static PairsSerializer<TKey, TValue> OrderedDictionary<TKey, TValue>(Type type)
        where TKey : notnull
    {
        Type self = typeof(OrderedDictionary<TKey, TValue>);
        return new(type, self, new(
            1,
            static d => [((OrderedDictionary<TKey, TValue>)d).Comparer],
            static d => (OrderedDictionary<TKey, TValue>)d,
            (d, comparers, pairs) =>
            {
                Construct(self, d, (typeof(int), pairs.Length), (typeof(IEqualityComparer<TKey>), comparers[0]));
                OrderedDictionary<TKey, TValue> dictionary = (OrderedDictionary<TKey, TValue>)d;
                Array.ForEach(pairs, pair => dictionary[pair.Key] = pair.Value);
                Expect(pairs.Length, dictionary.Count, type);
            }));
    }

    private static PairsSerializer<TKey, TValue> ConcurrentDictionary<TKey, TValue>(Type type)
        where TKey : notnull
    {
        Type self = typeof(ConcurrentDictionary<TKey, TValue>);
        return new(type, self, new(
            1,
            static d => [((ConcurrentDictionary<TKey, TValue>)d).Comparer],
            static d => ((ConcurrentDictionary<TKey, TValue>)d).ToArray(),
            (d, comparers, pairs) =>
            {
                Construct(self, d, (typeof(IEqualityComparer<TKey>), comparers[0]));
                ConcurrentDictionary<TKey, TValue> dictionary = (ConcurrentDictionary<TKey, TValue>)d;
                Array.ForEach(pairs, pair => dictionary[pair.Key] = pair.Value);
                Expect(pairs.Length, dictionary.Count, type);
            }));
    }

    private static PairsSerializer<TKey, TValue> ImmutableDictionary<TKey, TValue>(Type type)
        where TKey : notnull =>
        new(type, type, new(
            2,
            static d => [((ImmutableDictionary<TKey, TValue>)d).KeyComparer, ((ImmutableDictionary<TKey, TValue>)d).ValueComparer],
            static d => (ImmutableDictionary<TKey, TValue>)d,
            (d, comparers, pairs) =>
            {
                ImmutableDictionary<TKey, TValue> dictionary = System.Collections.Immutable.ImmutableDictionary
                    .Create((IEqualityComparer<TKey>?)comparers[0], (IEqualityComparer<TValue>?)comparers[1]).SetItems(pairs);
                Expect(pairs.Length, dictionary.Count, type);
                Move(dictionary, d);
            }));

    private static PairsSerializer<TKey, TValue> FrozenDictionary<TKey, TValue>(Type type)
        where TKey : notnull =>
        new(type, type, new(
            1,
            static d => [((FrozenDictionary<TKey, TValue>)d).Comparer],
            static d => (FrozenDictionary<TKey, TValue>)d,
            (d, comparers, pairs) =>
            {
                FrozenDictionary<TKey, TValue> dictionary = pairs.ToFrozenDictionary((IEqualityComparer<TKey>?)comparers[0]);
                Expect(pairs.Length, dictionary.Count, type);
                Move(dictionary, d);
            }));

    private static Serializer Lookup<TKey, TElement>(Type type)
        where TKey : notnull
    {
        // What ToLookup gives is of a class derived from this one, in whose fields a private one of this class is not found.
        Type self = typeof(Lookup<TKey, TElement>);
        if (TheField(self, typeof(IEqualityComparer<TKey>)) is not { } comparer)
        {
            return Unknown(type, "comparer", "ToDictionary");
        }

        return new PairsSerializer<TKey, TElement>(type, self, new(
            1,
            d => [comparer.GetValue(d)],
            static d => ((Lookup<TKey, TElement>)d).SelectMany(static group => group, static (group, e) => KeyValuePair.Create(group.Key, e)),
            static (d, comparers, pairs) => Move(
                pairs.ToLookup(static pair => pair.Key, static pair => pair.Value, (IEqualityComparer<TKey>?)comparers[0]), d)));
    }

    private static PairsSerializer<object, object?> Hashtable(Type type)
    {
        // Protected, so that a derived class may depend on it, and we may.
        PropertyInfo comparer = typeof(Hashtable).GetProperty("EqualityComparer", BindingFlags.Instance | BindingFlags.NonPublic)!;
        return new(type, typeof(Hashtable), new(
            1,
            d => [comparer.GetValue(d)],
            static d => ((Hashtable)d).Cast<DictionaryEntry>().Select(static entry => KeyValuePair.Create(entry.Key, entry.Value)),
            (d, comparers, pairs) =>
            {
                // Not Add on the object itself: a class derived from this one may have made something else of it.
                Hashtable hashtable = new(pairs.Length, (IEqualityComparer?)comparers[0]);
                Array.ForEach(pairs, pair => hashtable[pair.Key] = pair.Value);
                Expect(pairs.Length, hashtable.Count, type);
                Move(hashtable, d);
            }));
    }

    private static Serializer ExpandoObject(Type type)
    {
        if (TheField(type, typeof(PropertyChangedEventHandler)) is not { } listeners)
        {
            return Unknown(type, "listeners", "new Dictionary<string, object>");
        }

        return new PairsSerializer<string, object?>(type, type, new(
            1,
            d => [listeners.GetValue(d)],
            static d => (ExpandoObject)d,
            (d, comparers, pairs) =>
            {
                Construct(type, d);
                Array.ForEach(pairs, pair => ((IDictionary<string, object?>)d).Add(pair.Key, pair.Value));
                listeners.SetValue(d, comparers[0]);
            }));
    }

    private static ElementsSerializer<T> HashSet<T>(Type type)
    {
        Type self = typeof(HashSet<T>);
        return new(type, self, new(
            static s => ((HashSet<T>)s).Comparer,
            static s => (HashSet<T>)s,
            (s, comparer, elements) =>
            {
                Construct(self, s, (typeof(int), elements.Length), (typeof(IEqualityComparer<T>), comparer));
                HashSet<T> set = (HashSet<T>)s;
                Array.ForEach(elements, element => set.Add(element));
                Expect(elements.Length, set.Count, type);
            }));
    }

    private static ElementsSerializer<T> ConcurrentBag<T>(Type type)
    {
        Type self = typeof(ConcurrentBag<T>);
        return new(type, self, new(
            static _ => null,
            static b => ((ConcurrentBag<T>)b).Reverse(),
            (b, _, elements) => Construct(self, b, (typeof(IEnumerable<T>), elements))));
    }

    private static ElementsSerializer<T> ImmutableHashSet<T>(Type type) =>
        new(type, type, new(
            static s => ((ImmutableHashSet<T>)s).KeyComparer,
            static s => (ImmutableHashSet<T>)s,
            (s, comparer, elements) =>
            {
                ImmutableHashSet<T> set = System.Collections.Immutable.ImmutableHashSet.CreateRange((IEqualityComparer<T>?)comparer, elements);
                Expect(elements.Length, set.Count, type);
                Move(set, s);
            }));

    private static ElementsSerializer<T> FrozenSet<T>(Type type) =>
        new(type, type, new(
            static s => ((FrozenSet<T>)s).Comparer,
            static s => (FrozenSet<T>)s,
            (s, comparer, elements) =>
            {
                FrozenSet<T> set = elements.ToFrozenSet((IEqualityComparer<T>?)comparer);
                Expect(elements.Length, set.Count, type);
                Move(set, s);
            }));

    /// <summary>
    /// A private field of .NET's, by its type, since its name may change with any version; null where there is none, or more than one.
    /// </summary>
    private static FieldInfo? TheField(Type declaring, Type type)
    {
        FieldInfo[] fields = Array.FindAll(FieldList.Of(declaring), field => field.FieldType == type);
        return fields.Length == 1 ? fields[0] : null;
    }

    private static UnsendableSerializer Unknown(Type type, string part, string maker) =>
        new(type, $"where .NET {Environment.Version} keeps its {part} is not known, and without it the copy would not be the same. Send what {maker} makes of it.");

    /// <summary>Elements that have become equal since they were added cannot be told apart again; none must get lost without a word.</summary>
    private static void Expect(int sent, int different, Type type)
    {
        if (different != sent)
        {
            throw new InvalidDataException(
                $"Of the {sent} elements of a {type}, {sent - different} are equal to others by now: they were changed after they had been added.");
        }
    }

    private static void Move(object from, object to) => CollectionSerializer.Transplant(from, to);
}
