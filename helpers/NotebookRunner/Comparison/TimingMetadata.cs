using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookRunner.Documents;

namespace NotebookRunner.Comparison;

/// <summary>The bounds that a timing cell states in its metadata.</summary>
internal static class TimingMetadata
{
    /// <summary>The metadata key for bounds of a cell's own.</summary>
    internal const string Key = "timing";

    private const string WhereKey = "where";

    private static readonly string[] BoundKeys = ["factor", "slack", "min", "max"];

    /// <summary>The bounds that a cell states; the default ones if it states none or none that can be read.</summary>
    internal static TimingBounds Read(NotebookCell cell) => FindProblem(cell, out TimingBounds bounds) is null ? bounds : TimingBounds.Default;

    /// <summary>Whether a cell states bounds, for all of its numbers or for some.</summary>
    internal static bool StatesBounds(NotebookCell cell) => cell.Metadata.ObjectAt(Key) is { } stated && stated.Any(entry => entry.Key == WhereKey || BoundKeys.Contains(entry.Key));

    /// <summary>Says in one line what is wrong with the bounds that a cell states; null if nothing is.</summary>
    internal static string? FindProblem(NotebookCell cell, out TimingBounds bounds)
    {
        bounds = TimingBounds.Default;
        if (!cell.Metadata.TryGetPropertyValue(Key, out JsonNode? json))
            return null;
        if (!cell.Tags.Contains(Relaxation.TimingTag))
            return $"has '{Key}' in its metadata, but not the tag '{Relaxation.TimingTag}'";
        if (json is not JsonObject stated)
            return $"'{Key}' in its metadata is not an object such as {{\"factor\": 5, \"slack\": 0.5}}";
        if (FindProblem(stated, ref bounds) is not { } problem)
            return null;
        bounds = TimingBounds.Default;
        return $"'{Key}' in its metadata has {problem}";
    }

    private static string? FindProblem(JsonObject stated, ref TimingBounds bounds)
    {
        NumberBounds numbers = bounds.Numbers;
        foreach (var (key, value) in stated)
        {
            if (key == "whole_numbers" && value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
                bounds = bounds with { WholeNumbers = value.GetValue<bool>() };
            else if (key == WhereKey)
            {
                if (FindProblemInRules(value, out IReadOnlyList<TimingRule> rules) is { } problem)
                    return problem;
                bounds = bounds with { Where = rules };
            }
            else if (With(numbers, key, value) is { } changed)
                numbers = changed;
            else
                return $"{Entry(key, value)}; there are factor (at least 1), slack (at least 0), min, max (numbers), whole_numbers (true or false) and where (a list of bounds for some of the numbers)";
        }

        bounds = bounds with { Numbers = numbers };
        return FindContradiction(stated, numbers);
    }

    private static string? FindProblemInRules(JsonNode? json, out IReadOnlyList<TimingRule> rules)
    {
        rules = [];
        if (json is not JsonArray { Count: > 0 } entries)
            return $"a '{WhereKey}' that is not a list such as [{{\"line\": \"2 threads\", \"unit\": \"x\", \"min\": 1.2}}]";
        List<TimingRule> read = [];
        foreach (JsonNode? entry in entries)
        {
            if (FindProblemInRule(entry as JsonObject, out TimingRule? rule) is { } problem)
                return $"in '{WhereKey}', entry {read.Count + 1}: {problem}";
            read.Add(rule!);
        }

        rules = read;
        return null;
    }

    private static string? FindProblemInRule(JsonObject? entry, out TimingRule? rule)
    {
        rule = null;
        if (entry is null)
            return "no object such as {\"line\": \"2 threads\", \"unit\": \"x\", \"min\": 1.2}";
        NumberBounds numbers = NumberBounds.Default;
        foreach (var (key, value) in entry)
        {
            if (key == "line" && !string.IsNullOrWhiteSpace(entry.StringAt(key)))
                continue;
            if (key == "unit" && entry.StringAt(key) is { } unit)
            {
                if (unit.Length > 0 && !MeasuredUnits.Contains(unit))
                    return $"{Entry(key, value)}, which is no unit of measured numbers (s, ms, µs, ns, 초, 밀리초, 배, x, %, MB ...; \"\" for a number without one)";
                continue;
            }

            if (With(numbers, key, value) is not { } changed)
                return $"{Entry(key, value)}; there are line (a text that the line contains), unit (a text), factor (at least 1), slack (at least 0), min and max (numbers)";
            numbers = changed;
        }

        if (!entry.ContainsKey("line") && !entry.ContainsKey("unit"))
            return "neither line nor unit, so it is about all numbers; state its bounds for the cell";
        if (!BoundKeys.Any(entry.ContainsKey))
            return "no bounds: factor and slack, or min and max";
        rule = new TimingRule(entry.StringAt("line"), entry.StringAt("unit"), numbers);
        return FindContradiction(entry, numbers);
    }

    private static string? FindContradiction(JsonObject stated, NumberBounds bounds)
    {
        bool isRelative = stated.ContainsKey("factor") || stated.ContainsKey("slack");
        bool isAbsolute = stated.ContainsKey("min") || stated.ContainsKey("max");
        if (isRelative && isAbsolute)
            return "both kinds of bounds: either factor and slack, or min and max";
        return bounds.Min > bounds.Max ? "a min above its max" : null;
    }

    private static NumberBounds? With(NumberBounds bounds, string key, JsonNode? value)
    {
        double? number = value?.GetValueKind() == JsonValueKind.Number
            ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)
            : null;
        return key switch
        {
            "factor" when number >= 1 => bounds with { Factor = number.Value },
            "slack" when number >= 0 => bounds with { Slack = number.Value },
            "min" when number is not null => bounds with { Min = number },
            "max" when number is not null => bounds with { Max = number },
            _ => null,
        };
    }

    private static string Entry(string key, JsonNode? value) =>
        $"{key}: {(value?.GetValueKind() == JsonValueKind.String ? $"\"{value.GetValue<string>()}\"" : value?.ToJsonString() ?? "null")}";
}
