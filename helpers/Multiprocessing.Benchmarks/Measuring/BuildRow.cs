namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>One line of the comparison of two builds.</summary>
/// <param name="name">What was measured.</param>
/// <param name="unit">The unit of both.</param>
/// <param name="better">Which figure is the better one.</param>
internal sealed class BuildRow(string name, string unit, Better better)
{
    private readonly List<double> _before = [];
    private readonly List<double> _after = [];
    private readonly List<string> _remarks = [];

    public string Name => name;

    public string Unit => unit;

    /// <summary>The median of the other build; null if it has none.</summary>
    public double? Before => MedianOf(_before);

    /// <summary>The median of this build; null if there is none.</summary>
    public double? After => MedianOf(_after);

    /// <summary>How many times as good this build is: above 1 is better than the other.</summary>
    public double? Ratio => new Row(name, After, Before, Peer: null, unit, better).Ratio;

    /// <summary>Whether every figure of one build is better than every one of the other. If not, the difference may be chance; if so, with few runs it still may.</summary>
    public bool AreApart => Before is not null && After is not null && (_before.Max() < _after.Min() || _after.Max() < _before.Min());

    /// <summary>Why figures are missing.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Adds what a process gave.</summary>
    public void Add(bool isBefore, Side side)
    {
        if (side.Value is { } value)
        {
            (isBefore ? _before : _after).Add(value);
        }
        else
        {
            _remarks.Add($"{(isBefore ? "before" : "after")}: {side.Remark}");
        }
    }

    private static double? MedianOf(List<double> figures) => figures.Count == 0 ? null : Sample.Median(figures);
}
