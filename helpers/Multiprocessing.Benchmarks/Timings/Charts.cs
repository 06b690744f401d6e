using System.Diagnostics;
using System.Globalization;
using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Timings;
using Multiprocessing.Timings.Timelines;

namespace Multiprocessing.Benchmarks.Timings;

/// <summary>What it costs to measure in a cell, and to show what was measured.</summary>
internal static class Charts
{
    private const int Times = 1000;
    private const int Bars = 8;
    private const int Spans = 10_000;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("timings: an empty action measured, a run of it", "us", Better.Lower, static effort => Sample.MedianAsync(effort, 5, MeasureNothing)),
        new("timings: chart of a comparison with 8 bars", "ms", Better.Lower, static effort => Sample.MedianAsync(effort, 5, ShowComparison)),
        new("timings: a span of a timeline recorded", "us", Better.Lower, static effort => Sample.MedianAsync(effort, 3, RecordSpans)),
        new("timings: chart of a timeline with 10,000 spans", "ms", Better.Lower, static effort => Sample.MedianAsync(effort, 1, ShowTimeline)),
    ];

    private static double MeasureNothing()
    {
        int runs = 0;
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < Times; i++)
        {
            MeasuredRuns.Of(() => runs++);
        }

        double elapsed = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
        Check.Equal(true, runs > Times);
        return elapsed / runs;
    }

    private static double ShowComparison()
    {
        TimingComparison comparison = new("comparison");
        for (int bar = 1; bar <= Bars; bar++)
        {
            comparison.Add($"way {bar.ToString(CultureInfo.InvariantCulture)}", TimeSpan.FromMilliseconds(100 * bar), TimeSpan.FromMilliseconds(90 * bar));
        }

        long begin = Stopwatch.GetTimestamp();
        string html = new TimingReport(comparison).ToHtml().ToString();
        double elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        Check.Equal(true, html.Contains("way 8", StringComparison.Ordinal));
        return elapsed;
    }

    private static double RecordSpans()
    {
        using Timeline timeline = new("timeline");
        long begin = Stopwatch.GetTimestamp();
        Record(timeline);
        double elapsed = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
        Check.Equal(Spans, timeline.Count());
        return elapsed / Spans;
    }

    private static double ShowTimeline()
    {
        using Timeline timeline = new("timeline");
        Record(timeline);
        long begin = Stopwatch.GetTimestamp();
        string html = new TimelineReport(timeline.Title, new Lanes(timeline.Take())).ToHtml().ToString();
        double elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        Check.Equal(true, html.Contains("span 1", StringComparison.Ordinal));
        return elapsed;
    }

    private static void Record(Timeline timeline)
    {
        for (int i = 0; i < Spans; i++)
        {
            using (timeline.Begin("span 1"))
            {
            }
        }
    }
}
