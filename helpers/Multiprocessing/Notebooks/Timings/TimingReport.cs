using System.Xml.Linq;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings;

/// <summary>Puts a comparison into words, the chart's and the table's.</summary>
internal sealed class TimingReport
{
    private const string Nothing = "–";

    private readonly TimingComparison _comparison;
    private readonly TimeUnit _unit;

    private readonly bool _isMeasuredHere;
    private readonly bool _isRepeated;
    private readonly int? _runsOfAll;

    public TimingReport(TimingComparison comparison)
    {
        _comparison = comparison;
        _unit = TimeUnit.For(comparison.Select(timing => timing.Elapsed).DefaultIfEmpty().Max());
        _isMeasuredHere = comparison.Any(timing => timing.IsMeasuredHere);
        int[] runs = [.. comparison.Select(timing => timing.Runs).Distinct()];
        _isRepeated = runs is not ([] or [1]);
        _runsOfAll = runs is [int all] ? all : null;
    }

    /// <summary>The chart as inline SVG, with the table folded below it.</summary>
    public XElement ToHtml()
    {
        var chart = new BarChart(_comparison.Title, Describe(), [.. _comparison.Select(ToBar)], Note());
        return new XElement("div", chart.ToSvg(), Table().ToHtml("표로 보기"));
    }

    public string ToText() => $"{ChartText.Clean(_comparison.Title)}\n{Table().ToText()}";

    // Said once where it holds for all bars.
    private string? Note() => _isRepeated ? RunsText.Note(_runsOfAll) : null;

    // The fastest, the slowest and the number of runs are in the table: in every sentence they would hide what is compared.
    private string Describe() => _comparison.Count == 0
        ? "아직 잰 시간이 없습니다."
        : string.Join(" ", _comparison.Select(timing => $"{timing.Name}: {Facts(timing)}.")) + (_isMeasuredHere ? " 최소, 최대, 측정 횟수는 표에 있습니다." : "");

    private Bar ToBar(Timing timing) => new(timing.Name, timing.Elapsed.TotalSeconds)
    {
        Caption = string.Join(" · ", new[] { _unit.Format(timing.Elapsed), SpeedUp(timing) }.OfType<string>()),
        Details = $"{timing.Name}: {Facts(timing)}{Spread(timing)}",
        Note = _isRepeated && _runsOfAll is null ? RunsText.Median(timing.Runs) : null,
        Spread = timing.Runs > 1 ? (timing.Fastest.TotalSeconds, timing.Slowest.TotalSeconds) : null,
        Mark = timing.Ideal?.TotalSeconds,
        MarkCaption = Ideal(timing),
        IsBaseline = _comparison.Count > 1 && timing == _comparison.Baseline,
    };

    private string Spread(Timing timing) =>
        timing.Runs > 1 ? $", {RunsText.Median(timing.Runs)}, 최소 {_unit.Format(timing.Fastest)}, 최대 {_unit.Format(timing.Slowest)}" : "";

    /// <summary>The figures of the chart.</summary>
    public DataTable Table() => new(
        _isMeasuredHere ? ["이름", "중앙값", "최소", "최대", "횟수", "이론값", "속도"] : ["이름", "시간", "이론값", "속도"],
        [.. _comparison.Select(timing => (string[])
        [
            timing.Name,
            _unit.Format(timing.Elapsed),
            .. _isMeasuredHere ? [_unit.Format(timing.Fastest), _unit.Format(timing.Slowest), RunsText.Count(timing.Runs)] : (string[])[],
            timing.Ideal is { } ideal ? _unit.FormatExact(ideal) : Nothing,
            Ratio(timing) ?? Nothing,
        ])]);

    private string Facts(Timing timing) =>
        string.Join(", ", new[] { _unit.Format(timing.Elapsed), Ideal(timing), SpeedUp(timing) }.OfType<string>());

    // "이상" alone would also read as "or more".
    private string? Ideal(Timing timing) => timing.Ideal is { } ideal ? $"이론값 {_unit.FormatExact(ideal)}" : null;

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
        return double.IsFinite(ratio) ? RatioText.Format(ratio) : null;
    }
}
