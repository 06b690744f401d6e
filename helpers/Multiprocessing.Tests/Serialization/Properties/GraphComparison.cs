using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>
/// Compares two graphs in every respect that code can see: types, values to the last bit, and which references lead to one object and which to two.
/// </summary>
internal sealed class GraphComparison
{
    private readonly Dictionary<object, object> _copies = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, object> _originals = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(object Original, object Copy, string Path)> _pending = new();
    private readonly bool _independent;

    private GraphComparison(bool independent) => _independent = independent;

    /// <summary>Asserts that a graph is another's copy: the same in all respects, without an object that is part of both.</summary>
    /// <returns>Every object with its copy.</returns>
    public static IReadOnlyCollection<KeyValuePair<object, object>> AssertCopy(object? original, object? copy) => Compare(original, copy, true);

    /// <summary>Asserts that two graphs are the same in all respects; they may have objects in common.</summary>
    public static void AssertSame(object? expected, object? actual) => Compare(expected, actual, false);

    /// <summary>In what respect two graphs are not the same; empty if in none.</summary>
    public static string Difference(object? expected, object? actual)
    {
        try
        {
            AssertSame(expected, actual);
            return "";
        }
        catch (Xunit.Sdk.FailException e)
        {
            return e.Message;
        }
    }

    private static Dictionary<object, object> Compare(object? original, object? copy, bool independent)
    {
        GraphComparison comparison = new(independent);
        comparison.Match(new GraphPart("root", original, true), new GraphPart("root", copy, true), "");
        while (comparison._pending.TryDequeue(out (object Original, object Copy, string Path) next))
        {
            comparison.MatchParts(next.Original, next.Copy, next.Path);
        }

        return comparison._copies;
    }

    private void MatchParts(object original, object copy, string path)
    {
        using IEnumerator<GraphPart> copies = GraphParts.Of(copy).GetEnumerator();
        foreach (GraphPart part in GraphParts.Of(original))
        {
            Check(copies.MoveNext(), path, $"has lost {part.Name}");
            Match(part, copies.Current, path);
        }

        Check(!copies.MoveNext(), path, "has got more than it had");
    }

    private void Match(GraphPart original, GraphPart copy, string parent)
    {
        string path = $"{parent}/{original.Name}";
        Check(original.Name == copy.Name, path, $"became {copy.Name}");
        (object? from, object? to) = (original.Value, copy.Value);
        if (from is null || to is null)
        {
            Check(from is null && to is null, path, $"was {from ?? "null"} and became {to ?? "null"}");
            return;
        }

        Check(from.GetType() == to.GetType(), path, $"was a {from.GetType()} and became a {to.GetType()}");
        if (from.GetType().IsPrimitive || (from is string && !original.IsReference))
        {
            Check(BitsOf(from).Equals(BitsOf(to)), path, $"was {from} and became {to}");
        }
        else if (IsOnePerProcess(from))
        {
            Check(ReferenceEquals(from, to), path, $"was {from} and became another {to}");
        }
        else if (!original.IsReference || from is CompareInfo)
        {
            // Of the rules for sorting it is not said whether there is one of a kind.
            MatchParts(from, to, path);
        }
        else if (_copies.TryGetValue(from, out object? known))
        {
            Check(ReferenceEquals(known, to), path, "was one object and became two");
        }
        else
        {
            Check(_originals.TryAdd(to, from), path, "was two objects and became one");
            Check(!_independent || !ReferenceEquals(from, to), path, "is not a copy");
            _copies.Add(from, to);
            _pending.Enqueue((from, to, path));
        }
    }

    private static object BitsOf(object value) => value switch
    {
        double number => BitConverter.DoubleToInt64Bits(number),
        float number => BitConverter.SingleToInt32Bits(number),
        _ => value,
    };

    /// <summary>Objects that a process has once, and that code therefore compares by reference.</summary>
    private static bool IsOnePerProcess(object value) => value switch
    {
        "" or MemberInfo or Assembly => true,
        CultureInfo culture => ReferenceEquals(culture, CultureInfo.InvariantCulture) || ReferenceEquals(culture, CultureInfo.GetCultureInfo(culture.Name)),
        StringComparer => ReferenceEquals(value, StringComparer.Ordinal) || ReferenceEquals(value, StringComparer.OrdinalIgnoreCase),
        IEqualityComparer or IComparer => value.GetType() is { IsArray: false } type && type.Assembly == typeof(object).Assembly
            && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Length == 0,
        _ => false,
    };

    private static void Check(bool holds, string path, string complaint)
    {
        if (!holds)
        {
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{path} {complaint}."));
        }
    }
}
