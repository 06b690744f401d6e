using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookRunner.Documents;

namespace NotebookRunner.Comparison;

/// <summary>Within which bounds the measured numbers of a timing cell may differ from the committed ones. Times count in seconds.</summary>
internal sealed record TimingBounds
{
    /// <summary>The metadata key for bounds of a cell's own.</summary>
    internal const string MetadataKey = "timing";

    // A calculation takes five times as long on a busy machine as on an idle one of the same kind, and machines are not of one kind.
    private const double DefaultFactor = 10;
    private const double DefaultSlack = 0.5;

    internal static readonly TimingBounds Default = new();

    /// <summary>How many times as large or as small a number may be.</summary>
    internal double Factor { get; init; } = DefaultFactor;

    /// <summary>By how much it may differ in any case: a pause of the scheduler is as long for a short measurement as for a long one.</summary>
    internal double Slack { get; init; } = DefaultSlack;

    /// <summary>The least that a number may be, whatever the committed one is; null for no such limit.</summary>
    internal double? Min { get; init; }

    /// <summary>The most that it may be; null for no such limit.</summary>
    internal double? Max { get; init; }

    /// <summary>Whether whole numbers without a unit are measured ones, too.</summary>
    internal bool WholeNumbers { get; init; }

    /// <summary>Whether one number may stand for the other.</summary>
    internal bool Accept(double committed, double actual)
    {
        if (Min is not null || Max is not null)
            return IsWithinLimits(committed) && IsWithinLimits(actual);
        // The slack of 0.5 is inclusive for numbers as they are printed: 0.1 and 0.6.
        if (Math.Abs(committed - actual) <= Slack * (1 + 1e-9))
            return true;
        return committed * actual > 0 && Math.Max(committed / actual, actual / committed) <= Factor * (1 + 1e-9);
    }

    /// <summary>The bounds that a cell states; the default ones if it states none or none that can be read.</summary>
    internal static TimingBounds Of(NotebookCell cell) => FindProblem(cell, out TimingBounds bounds) is null ? bounds : Default;

    /// <summary>Says in one line what is wrong with the bounds that a cell states; null if nothing is.</summary>
    internal static string? FindProblem(NotebookCell cell, out TimingBounds bounds)
    {
        bounds = Default;
        if (!cell.Metadata.TryGetPropertyValue(MetadataKey, out JsonNode? json))
            return null;
        if (!cell.Tags.Contains(Relaxation.TimingTag))
            return $"has '{MetadataKey}' in its metadata, but not the tag '{Relaxation.TimingTag}'";
        if (json is not JsonObject stated)
            return $"'{MetadataKey}' in its metadata is not an object such as {{\"factor\": 5, \"slack\": 0.5}}";
        foreach (var (key, value) in stated)
        {
            if (With(bounds, key, value) is not { } changed)
                return $"'{MetadataKey}' in its metadata has {key}: {value?.ToJsonString() ?? "null"}; "
                    + "there are factor (at least 1), slack (at least 0), min, max (numbers) and whole_numbers (true or false)";
            bounds = changed;
        }

        bool isRelative = stated.ContainsKey("factor") || stated.ContainsKey("slack");
        bool isAbsolute = stated.ContainsKey("min") || stated.ContainsKey("max");
        if (isRelative && isAbsolute)
            return $"'{MetadataKey}' in its metadata has both kinds of bounds: either factor and slack, or min and max";
        return bounds.Min > bounds.Max ? $"'{MetadataKey}' in its metadata has a min above its max" : null;
    }

    private static TimingBounds? With(TimingBounds bounds, string key, JsonNode? value)
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
            "whole_numbers" when value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False =>
                bounds with { WholeNumbers = value.GetValue<bool>() },
            _ => null,
        };
    }

    private bool IsWithinLimits(double number) => !(number < Min) && !(number > Max);
}
