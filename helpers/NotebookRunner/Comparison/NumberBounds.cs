using System.Globalization;

namespace NotebookRunner.Comparison;

/// <summary>Within which bounds a measured number may differ from the committed one. Times count in seconds.</summary>
internal sealed record NumberBounds
{
    // A calculation takes five times as long on a busy machine as on an idle one of the same kind, and machines are not of one kind.
    private const double DefaultFactor = 10;
    private const double DefaultSlack = 0.5;

    internal static readonly NumberBounds Default = new();

    /// <summary>How many times as large or as small a number may be.</summary>
    internal double Factor { get; init; } = DefaultFactor;

    /// <summary>By how much it may differ in any case: a pause of the scheduler is as long for a short measurement as for a long one.</summary>
    internal double Slack { get; init; } = DefaultSlack;

    /// <summary>The least that a number may be, whatever the committed one is; null for no such limit.</summary>
    internal double? Min { get; init; }

    /// <summary>The most that it may be; null for no such limit.</summary>
    internal double? Max { get; init; }

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

    /// <summary>Whether a number is neither below <see cref="Min"/> nor above <see cref="Max"/>.</summary>
    internal bool IsWithinLimits(double number) => !(number < Min) && !(number > Max);

    /// <summary>The bounds as the metadata states them.</summary>
    public override string ToString() => (Min, Max) switch
    {
        (null, null) => string.Create(CultureInfo.InvariantCulture, $"factor {Factor}, slack {Slack}"),
        (null, { } max) => string.Create(CultureInfo.InvariantCulture, $"max {max}"),
        ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $"min {min}"),
        ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $"min {min}, max {max}"),
    };
}
