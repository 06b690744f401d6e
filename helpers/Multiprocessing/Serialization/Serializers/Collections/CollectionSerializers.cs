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

    private static PairsSerializer<TKey, TValue> Dictionary<TKey, TValue>(Type type)
        where TKey : notnull => new(
            type,
            typeof(Dictionary<TKey, TValue>),
            static d => [((Dictionary<TKey, TValue>)d).Comparer],
            static d => (Dictionary<TKey, TValue>)d,
            static (d, comparers, pairs) =>
            {
                Dictionary<TKey, TValue> dictionary = (Dictionary<TKey, TValue>)d;
                Construct<IEqualityComparer<TKey>>(typeof(Dictionary<TKey, TValue>), d, pairs.Length, comparers[0]);
                Array.ForEach(pairs, pair => dictionary[pair.Key] = pair.Value);
                Expect(pairs.Length, dictionary.Count, d);
            });

    private static PairsSerializer<TKey, TValue> OrderedDictionary<TKey, TValue>(Type type)
        where TKey : notnull => new(
            type,
            typeof(OrderedDictionary<TKey, TValue>),
            static d => [((OrderedDictionary<TKey, TValue>)d).Comparer],
            static d => (OrderedDictionary<TKey, TValue>)d,
            static (d, comparers, pairs) =>
            {
                OrderedDictionary<TKey, TValue> dictionary = new(pairs.Length, (IEqualityComparer<TKey>?)comparers[0]);
                Array.ForEach(pairs, pair => dictionary[pair.Key] = pair.Value);
                Become(d, pairs.Length, dictionary);
            });

    private static PairsSerializer<TKey, TValue> ConcurrentDictionary<TKey, TValue>(Type type)
        where TKey : notnull => new(
            type,
            typeof(ConcurrentDictionary<TKey, TValue>),
            static d => [((ConcurrentDictionary<TKey, TValue>)d).Comparer],
            static d => ((ConcurrentDictionary<TKey, TValue>)d).ToArray(),
            static (d, comparers, pairs) =>
            {
                ConcurrentDictionary<TKey, TValue> dictionary = new((IEqualityComparer<TKey>?)comparers[0]);
                Array.ForEach(pairs, pair => dictionary[pair.Key] = pair.Value);
                Become(d, pairs.Length, dictionary);
            });

    private static PairsSerializer<TKey, TValue> ImmutableDictionary<TKey, TValue>(Type type)
        where TKey : notnull => new(
            type,
            type,
            static d => [((ImmutableDictionary<TKey, TValue>)d).KeyComparer, ((ImmutableDictionary<TKey, TValue>)d).ValueComparer],
            static d => (ImmutableDictionary<TKey, TValue>)d,
            static (d, comparers, pairs) => Become(d, pairs.Length, System.Collections.Immutable.ImmutableDictionary
                .Create((IEqualityComparer<TKey>?)comparers[0], (IEqualityComparer<TValue>?)comparers[1]).SetItems(pairs)));

    private static PairsSerializer<TKey, TValue> FrozenDictionary<TKey, TValue>(Type type)
        where TKey : notnull => new(
            type,
            type,
            static d => [((FrozenDictionary<TKey, TValue>)d).Comparer],
            static d => (FrozenDictionary<TKey, TValue>)d,
            static (d, comparers, pairs) => Become(d, pairs.Length, pairs.ToFrozenDictionary((IEqualityComparer<TKey>?)comparers[0])));

    private static Serializer Lookup<TKey, TElement>(Type type)
        where TKey : notnull
    {
        // What ToLookup gives is of a class derived from this one, in whose fields a private one of this class is not found.
        Type self = typeof(Lookup<TKey, TElement>);
        return TheField(self, typeof(IEqualityComparer<TKey>)) is not { } comparer
            ? Unknown(type, "comparer", "ToDictionary")
            : new PairsSerializer<TKey, TElement>(
                type,
                self,
                d => [comparer.GetValue(d)],
                static d => ((Lookup<TKey, TElement>)d).SelectMany(static group => group, static (group, e) => KeyValuePair.Create(group.Key, e)),
                static (d, comparers, pairs) => Become(
                    d, pairs.ToLookup(static pair => pair.Key, static pair => pair.Value, (IEqualityComparer<TKey>?)comparers[0])));
    }

    private static PairsSerializer<object, object?> Hashtable(Type type)
    {
        // Protected, so that a derived class may depend on it, and we may.
        PropertyInfo comparer = typeof(Hashtable).GetProperty("EqualityComparer", BindingFlags.Instance | BindingFlags.NonPublic)!;
        return new(
            type,
            typeof(Hashtable),
            d => [comparer.GetValue(d)],
            static d => ((Hashtable)d).Cast<DictionaryEntry>().Select(static entry => KeyValuePair.Create(entry.Key, entry.Value)),
            static (d, comparers, pairs) =>
            {
                // Not Add on the object itself: a class derived from this one may have made something else of it.
                Hashtable hashtable = new(pairs.Length, (IEqualityComparer?)comparers[0]);
                Array.ForEach(pairs, pair => hashtable[pair.Key] = pair.Value);
                Become(d, pairs.Length, hashtable);
            });
    }

    private static Serializer ExpandoObject(Type type) => TheField(type, typeof(PropertyChangedEventHandler)) is not { } listeners
        ? Unknown(type, "listeners", "new Dictionary<string, object>")
        : new PairsSerializer<string, object?>(
            type,
            type,
            d => [listeners.GetValue(d)],
            static d => (ExpandoObject)d,
            (d, comparers, pairs) =>
            {
                Become(d, new ExpandoObject());
                Array.ForEach(pairs, pair => ((IDictionary<string, object?>)d).Add(pair.Key, pair.Value));
                listeners.SetValue(d, comparers[0]);
            });

    private static ElementsSerializer<T> HashSet<T>(Type type) => new(
        type,
        typeof(HashSet<T>),
        static s => [((HashSet<T>)s).Comparer],
        static s => (HashSet<T>)s,
        static (s, comparers, elements) =>
        {
            HashSet<T> set = (HashSet<T>)s;
            Construct<IEqualityComparer<T>>(typeof(HashSet<T>), s, elements.Length, comparers[0]);
            Array.ForEach(elements, element => set.Add(element));
            Expect(elements.Length, set.Count, s);
        });

    private static ElementsSerializer<T> ConcurrentBag<T>(Type type) => new(
        type,
        typeof(ConcurrentBag<T>),
        static _ => [],
        static b => ((ConcurrentBag<T>)b).Reverse(),
        static (b, _, elements) => Become(b, new ConcurrentBag<T>(elements)));

    private static ElementsSerializer<T> ImmutableHashSet<T>(Type type) => new(
        type,
        type,
        static s => [((ImmutableHashSet<T>)s).KeyComparer],
        static s => (ImmutableHashSet<T>)s,
        static (s, comparers, elements) => Become(
            s, elements.Length, System.Collections.Immutable.ImmutableHashSet.CreateRange((IEqualityComparer<T>?)comparers[0], elements)));

    private static ElementsSerializer<T> FrozenSet<T>(Type type) => new(
        type,
        type,
        static s => [((FrozenSet<T>)s).Comparer],
        static s => (FrozenSet<T>)s,
        static (s, comparers, elements) => Become(s, elements.Length, elements.ToFrozenSet((IEqualityComparer<T>?)comparers[0])));

    /// <summary>
    /// A private field of .NET's, by its type, since its name may change with any version; null where there is none, or more than one.
    /// </summary>
    private static FieldInfo? TheField(Type declaring, Type type)
    {
        FieldInfo[] fields = Array.FindAll(FieldList.Of(declaring), field => field.FieldType == type);
        return fields.Length == 1 ? fields[0] : null;
    }

    private static UnsendableSerializer Unknown(Type type, string part, string maker) =>
        new(type, $"where .NET {Environment.Version} keeps its {part} is not known, and without it the copy would not be the same. "
            + $"Send what {maker} makes of it.");

    /// <summary>Runs a collection's constructor on an object that was allocated without one.</summary>
    private static void Construct<TComparer>(Type type, object instance, int capacity, object? comparer) =>
        type.GetConstructor([typeof(int), typeof(TComparer)])!.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, [capacity, comparer], null);

    /// <summary>Makes of an object, allocated before its elements were known, what was built of them the usual way.</summary>
    private static void Become(object value, int sent, ICollection built)
    {
        Expect(sent, built.Count, value);
        Become(value, built);
    }

    private static void Become(object value, object built)
    {
        if (!built.GetType().IsInstanceOfType(value))
        {
            throw new InvalidDataException($"{value.GetType()} was rebuilt as {built.GetType()}.");
        }

        foreach (FieldInfo field in FieldList.Of(built.GetType()))
        {
            field.SetValue(value, field.GetValue(built));
        }
    }

    /// <summary>Elements that have become equal since they were added cannot be told apart again; none must get lost without a word.</summary>
    private static void Expect(int sent, int different, object collection)
    {
        if (different != sent)
        {
            throw new InvalidDataException(
                $"Of the {sent} elements of a {collection.GetType()}, {sent - different} are equal to others by now: "
                + "they were changed after they had been added.");
        }
    }
}
