using System.Xml.Linq;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings;

/// <summary>Puts a comparison into words, the chart's and the table's.</summary>
internal sealed class TimingReport(TimingComparison comparison)
{
    private readonly TimeUnit _unit = TimeUnit.For(comparison.Select(timing => timing.Elapsed).DefaultIfEmpty().Max());
    private readonly bool _isMeasuredHere = comparison.Any(timing => timing.IsMeasuredHere);

    /// <summary>The chart as inline SVG, with the table folded below it.</summary>
    public XElement ToHtml()
    {
        // Of all bars it is said once, below the heading.
        bool differ = comparison.Select(timing => timing.Runs).Distinct().Count() > 1;
        Bar[] bars = [.. comparison.Select(timing => ToBar(timing, differ))];
        var chart = new BarChart(comparison.Title, Describe(), bars, TimingText.Note(comparison));
        return new XElement("div", chart.ToSvg(), Table().ToHtml("표로 보기"));
    }

    public string ToText() => $"{ChartText.Clean(comparison.Title)}\n{Table().ToText()}";

    // The fastest, the slowest and the number of runs are in the table: in every sentence they would hide what is compared.
    private string Describe() => comparison.Count == 0
        ? "아직 잰 시간이 없습니다."
        : string.Join(" ", comparison.Select(timing => $"{timing.Name}: {Facts(timing)}.")) + (_isMeasuredHere ? " 최소, 최대, 측정 횟수는 표에 있습니다." : "");

    private Bar ToBar(Timing timing, bool countsDiffer) => new(timing.Name, timing.Elapsed.TotalSeconds)
    {
        Caption = string.Join(" · ", new[] { _unit.Format(timing.Elapsed), SpeedUp(timing) }.OfType<string>()),
        Details = $"{timing.Name}: {Facts(timing)}{Spread(timing)}",
        Note = countsDiffer ? TimingText.Median(timing.Runs) : null,
        Spread = timing.Runs > 1 ? (timing.Fastest.TotalSeconds, timing.Slowest.TotalSeconds) : null,
        Mark = timing.Ideal?.TotalSeconds,
        MarkCaption = Ideal(timing),
        IsBaseline = comparison.Count > 1 && timing == comparison.Baseline,
    };

    private string Spread(Timing timing) =>
        timing.Runs > 1 ? $", {TimingText.Median(timing.Runs)}, 최소 {_unit.Format(timing.Fastest)}, 최대 {_unit.Format(timing.Slowest)}" : "";

    /// <summary>The figures of the chart.</summary>
    public DataTable Table() => new(
        _isMeasuredHere ? ["이름", "중앙값", "최소", "최대", "횟수", "이론값", "속도"] : ["이름", "시간", "이론값", "속도"],
        [.. comparison.Select(timing => (string[])
        [
            timing.Name,
            _unit.Format(timing.Elapsed),
            .. _isMeasuredHere ? [_unit.Format(timing.Fastest), _unit.Format(timing.Slowest), TimingText.Count(timing.Runs)] : (string[])[],
            timing.Ideal is { } ideal ? _unit.FormatExact(ideal) : TimingText.Nothing,
            Ratio(timing) ?? TimingText.Nothing,
        ])]);

    private string Facts(Timing timing) =>
        string.Join(", ", new[] { _unit.Format(timing.Elapsed), Ideal(timing), SpeedUp(timing) }.OfType<string>());

    // "이상" alone would also read as "or more".
    private string? Ideal(Timing timing) => timing.Ideal is { } ideal ? $"이론값 {_unit.FormatExact(ideal)}" : null;

    private string? SpeedUp(Timing timing) => Ratio(timing) switch
    {
        null => null,
        _ when timing == comparison.Baseline => "기준",
        { } ratio => $"속도 {ratio}",
    };

    private string? Ratio(Timing timing)
    {
        if (comparison.Count == 1)
            return null;
        double ratio = comparison.SpeedUp(timing.Name);
        return double.IsFinite(ratio) ? TimingText.Ratio(ratio) : null;
    }
}
