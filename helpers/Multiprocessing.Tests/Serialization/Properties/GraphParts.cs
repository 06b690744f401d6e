using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Takes an object apart, in an order that is the same for an object and its copy.</summary>
internal static class GraphParts
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>What an exception says; the rest is where it was thrown.</summary>
    private static readonly string[] ExceptionFields = ["_message", "_data", "_innerException", "_helpURL", "_HResult"];

    public static IEnumerable<GraphPart> Of(object value) => value switch
    {
        string text => [GraphPart.Fact("text", string.Join(' ', text.Select(static c => (int)c)))],
        Array array => OfArray(array),
        Delegate function => function.GetInvocationList().SelectMany(OfFunction),
        Uri uri => [GraphPart.Fact("text", uri.OriginalString), GraphPart.Fact("whole", uri.ToString())],
        Regex regex => [GraphPart.Fact("pattern", $"{regex} {regex.Options} {regex.MatchTimeout}")],
        Encoding encoding => [GraphPart.Fact("name", $"{encoding.WebName} {encoding.Preamble.Length} {encoding.EncoderFallback.GetType()}")],
        CompareInfo rules => [GraphPart.Fact("name", rules.Name)],
        CultureInfo culture => OfCulture(culture),
        WeakReference<object> weak => [GraphPart.Of("target", weak.TryGetTarget(out object? target) ? target : null, typeof(object))],
        IEnumerable collection when HashedCollection.Is(value.GetType()) => HashedCollection.PartsOf(collection),
        _ => OfFields(value),
    };

    private static IEnumerable<GraphPart> OfArray(Array array)
    {
        Type element = array.GetType().GetElementType()!;
        for (int dimension = 0; dimension < array.Rank; dimension++)
        {
            yield return GraphPart.Fact($"bounds {dimension}", (array.GetLowerBound(dimension), array.GetLength(dimension)));
        }

        int position = 0;
        foreach (object? item in array)
        {
            yield return GraphPart.Of($"[{position++}]", item, element);
        }
    }

    private static IEnumerable<GraphPart> OfFunction(Delegate function, int position) =>
        [new GraphPart($"method {position}", function.Method, true), new GraphPart($"target {position}", function.Target, true)];

    private static IEnumerable<GraphPart> OfCulture(CultureInfo culture) =>
    [
        GraphPart.Fact("culture", $"{culture.Name} {culture.IsReadOnly} {culture.TextInfo.ListSeparator}"),
        GraphPart.Fact("number", (-1234567.89).ToString("N2", culture)),
        GraphPart.Fact("date", new DateTime(2024, 2, 29).ToString(culture)),
        GraphPart.Fact("calendar", $"{culture.DateTimeFormat.Calendar.GetType()} {culture.DateTimeFormat.Calendar.TwoDigitYearMax}"),
    ];

    private static IEnumerable<GraphPart> OfFields(object value)
    {
        for (Type? level = value.GetType(); level is not null; level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(Fields))
            {
                if (level != typeof(Exception) || ExceptionFields.Contains(field.Name))
                {
                    yield return GraphPart.Of($"{level.Name}.{field.Name}", field.GetValue(value), field.FieldType);
                }
            }
        }
    }
}
