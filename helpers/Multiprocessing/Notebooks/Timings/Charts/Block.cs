namespace Multiprocessing.Timings.Charts;

/// <summary>A rectangle of a <see cref="LaneChart"/>.</summary>
/// <param name="Name">What was done; of several, how many.</param>
/// <param name="Row">In which row of its lane, from 0.</param>
/// <param name="Start">When it began.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record Block(string Name, int Row, TimeSpan Start, TimeSpan Elapsed)
{
    /// <summary>The blocks of a lane in as few rows as it takes for none to lie over another.</summary>
    /// <param name="spans">From the first to begin to the last.</param>
    /// <param name="scale">Units of the drawing a tick of time.</param>
    /// <param name="finest">
    /// What is narrower, and as close to its neighbour, becomes one block with it: nobody could see it, and a lane may have a million.
    /// </param>
    public static IReadOnlyList<Block> Of(IReadOnlyList<TimelineSpan> spans, double scale, double finest)
    {
        var rows = new List<(List<TimelineSpan> Last, TimeSpan End)>();
        var blocks = new List<Block>();
        foreach (TimelineSpan span in spans)
        {
            int row = rows.FindIndex(candidate => candidate.End <= span.Start);
            if (row < 0)
            {
                row = rows.Count;
                rows.Add(([], TimeSpan.Zero));
            }

            var (last, end) = rows[row];
            if (last.Count > 0 && !CanJoin(last[0].Start, end, span))
            {
                blocks.Add(Join(last, end, row));
                last.Clear();
            }

            last.Add(span);
            rows[row] = (last, span.Start + span.Elapsed);
        }

        for (int row = 0; row < rows.Count; row++)
            blocks.Add(Join(rows[row].Last, rows[row].End, row));
        return blocks;

        bool CanJoin(TimeSpan start, TimeSpan end, TimelineSpan next) =>
            (end - start).Ticks * scale < finest && (next.Start - end).Ticks * scale < finest && next.Elapsed.Ticks * scale < finest;
    }

    private static Block Join(List<TimelineSpan> spans, TimeSpan end, int row) =>
        new(spans.Count == 1 ? spans[0].Name : $"구간 {spans.Count}개", row, spans[0].Start, end - spans[0].Start);
}
