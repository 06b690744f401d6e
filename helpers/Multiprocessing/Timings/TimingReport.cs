using System.Globalization;
using System.Xml.Linq;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings;

/// <summary>Puts a comparison into words, the chart's and the table's.</summary>
internal sealed class TimingReport
{
    private const string Nothing = "–";

    private readonly TimingComparison _comparison;
    private readonly TimeUnit _unit;

    public TimingReport(TimingComparison comparison)
    {
        _comparison = comparison;
        _unit = TimeUnit.For(comparison.Select(timing => timing.Elapsed).DefaultIfEmpty().Max());
    }

    /// <summary>The chart as inline SVG, with the table folded below it.</summary>
    public XElement ToHtml()
    {
        var chart = new BarChart(_comparison.Title, Describe(), [.. _comparison.Select(ToBar)]);
        return new XElement("div", chart.ToSvg(), Table().ToHtml("표로 보기"));
    }

    public string ToText() => $"{ChartText.Clean(_comparison.Title)}\n{Table().ToText()}";

    private string Describe() => _comparison.Count == 0
        ? "아직 잰 시간이 없습니다."
        : string.Join(" ", _comparison.Select(timing => $"{timing.Name}: {Facts(timing)}."));

    private Bar ToBar(Timing timing) => new(timing.Name, timing.Elapsed.TotalSeconds)
    {
        Caption = string.Join(" · ", new[] { _unit.Format(timing.Elapsed), SpeedUp(timing) }.OfType<string>()),
        Details = $"{timing.Name}: {Facts(timing)}",
        Mark = timing.Ideal?.TotalSeconds,
        MarkCaption = Ideal(timing),
        IsBaseline = _comparison.Count > 1 && timing == _comparison.Baseline,
    };

    /// <summary>The figures of the chart.</summary>
    public DataTable Table() => new(
        ["이름", "시간", "이론상", "속도"],
        [.. _comparison.Select(timing => (string[])
        [
            timing.Name,
            _unit.Format(timing.Elapsed),
            timing.Ideal is { } ideal ? _unit.FormatExact(ideal) : Nothing,
            Ratio(timing) ?? Nothing,
        ])]);

    private string Facts(Timing timing) =>
        string.Join(", ", new[] { _unit.Format(timing.Elapsed), Ideal(timing), SpeedUp(timing) }.OfType<string>());

    // "이상" alone would also read as "or more".
    private string? Ideal(Timing timing) => timing.Ideal is { } ideal ? $"이론상 {_unit.FormatExact(ideal)}" : null;

    private string? SpeedUp(Timing timing) => Ratio(timing) switch
    {
        null => null,
        _ when timing == _comparison.Baseline => "기준",
        { } ratio => $"속도 {ratio}",
    };

    private string? Ratio(Timing timing)
    {
        if (_comparison.Count == 1)
            return null;
        double ratio = _comparison.SpeedUp(timing.Name);
        if (!double.IsFinite(ratio))
            return null;
        string format = ratio switch { < 1 => "F2", < 100 => "F1", _ => "N0" };
        return ratio.ToString(format, CultureInfo.InvariantCulture) + "배";
    }
}
