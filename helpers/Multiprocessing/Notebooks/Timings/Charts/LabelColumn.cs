namespace Multiprocessing.Timings.Charts;

/// <summary>Labels below each other, each as near as can be to the line that it belongs to.</summary>
internal static class LabelColumn
{
    /// <param name="labels">The wanted middle and the height of each.</param>
    /// <param name="top">Where the column begins. It ends where it must.</param>
    /// <param name="bottom">Where it ends if there is room.</param>
    /// <returns>The top of each label.</returns>
    public static double[] Place(IReadOnlyList<(double Middle, double Height)> labels, double top, double bottom)
    {
        int[] order = [.. Enumerable.Range(0, labels.Count).OrderBy(index => labels[index].Middle)];
        double[] tops = new double[labels.Count];
        double free = top;
        foreach (int index in order)
        {
            tops[index] = Math.Max(free, labels[index].Middle - labels[index].Height / 2);
            free = tops[index] + labels[index].Height;
        }

        // What was pushed over the end goes up again, and pushes those above it.
        double end = Math.Max(bottom, top + labels.Sum(label => label.Height));
        foreach (int index in order.Reverse())
        {
            tops[index] = Math.Min(tops[index], end - labels[index].Height);
            end = tops[index];
        }

        return tops;
    }
}
