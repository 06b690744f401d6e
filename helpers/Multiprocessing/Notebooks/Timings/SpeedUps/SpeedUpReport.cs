using System.Globalization;
using System.Xml.Linq;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings.SpeedUps;

/// <summary>Puts a speed-up curve into words, the chart's and the table's.</summary>
internal sealed class SpeedUpReport(SpeedUpCurve curve)
{
    private readonly TimeUnit _unit = TimeUnit.For(curve.Select(point => point.Timing.Elapsed).DefaultIfEmpty().Max());
    private readonly bool _isMeasuredHere = curve.Any(point => point.Timing.IsMeasuredHere);

    /// <summary>The chart as inline SVG, with the table folded below it.</summary>
    public XElement ToHtml()
    {
        string? note = TimingText.Note(curve.Select(point => point.Timing));
        var chart = new LineChart(curve.Title, Describe(), [.. curve.Series.Select(ToLine)], Environment.ProcessorCount, note);
        return new XElement("div", chart.ToSvg(), Table().ToHtml("표로 보기"));
    }

    public string ToText() => string.Join('\n', (string[])
    [
        ChartText.Clean(curve.Title),
        Table().ToText(),
        .. curve.Series.Where(series => series.FittedProcessors is not null).Select(series => ChartText.Clean($"{series.Name}: {Law(series)}")),
    ]);

    // Without the number of processors, which is another one for each reader: what is said here is compared when notebooks are checked.
    private string Describe() => curve.Series.Count == 0
        ? "아직 잰 시간이 없습니다."
        : "작업자 수에 따른 속도 향상. " + string.Join(" ", curve.Series.Select(series => $"{series.Name}: {Facts(series)}."));

    private static string Facts(SpeedUpSeries series) => string.Join(", ",
    [
        .. series.SpeedUps
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"작업자 {point.Workers}개 {TimingText.Ratio(point.SpeedUp)}"))
            .DefaultIfEmpty("작업자 1개의 시간이 없습니다"),
        .. series.FittedProcessors is null ? [] : (string[])[Law(series)],
    ]);

    private Line ToLine(SpeedUpSeries series) => new(series.Name, [.. series.SpeedUps.Select(point => new LinePoint(
        point.Workers,
        point.SpeedUp,
        point.Least > 0 ? point.Least : point.SpeedUp,
        double.IsFinite(point.Most) ? point.Most : point.SpeedUp,
        string.Create(CultureInfo.InvariantCulture, $"{series.Name} · 작업자 {point.Workers}개: {TimingText.Ratio(point.SpeedUp)}")))])
    {
        Law = series.Fraction is { } fraction ? workers => SpeedUpSeries.LawOfAmdahl(fraction, Math.Min(workers, series.FittedProcessors!.Value)) : null,
        LawCaption = series.Fraction is { } p ? $"암달 p = {Format(p)}" : null,
    };

    /// <summary>The figures of the chart.</summary>
    public DataTable Table() => new(
        _isMeasuredHere ? ["이름", "작업자 수", "중앙값", "최소", "최대", "횟수", "속도 향상"] : ["이름", "작업자 수", "시간", "속도 향상"],
        [.. curve.Series.SelectMany(series =>
        {
            var speedUps = series.SpeedUps.ToDictionary(point => point.Workers, point => point.SpeedUp);
            return series.Points.Select(point => (string[])
            [
                series.Name,
                point.Workers.ToString(CultureInfo.InvariantCulture),
                _unit.Format(point.Timing.Elapsed),
                .. _isMeasuredHere ? [_unit.Format(point.Timing.Fastest), _unit.Format(point.Timing.Slowest), TimingText.Count(point.Timing.Runs)] : (string[])[],
                speedUps.TryGetValue(point.Workers, out double speedUp) ? TimingText.Ratio(speedUp) : TimingText.Nothing,
            ]);
        })]);

    private static string Law(SpeedUpSeries series) => $"암달의 법칙 p = {(series.Fraction is { } fraction ? Format(fraction) : TimingText.Nothing)}";

    private static string Format(double fraction) => fraction.ToString("F2", CultureInfo.InvariantCulture);
}
