namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Repeats a measurement.</summary>
internal static class Sample
{
    /// <summary>The median of several runs, after some that do not count.</summary>
    /// <param name="runs">How many runs count.</param>
    /// <param name="warmUps">How many do not.</param>
    /// <param name="measure">One run.</param>
    public static async Task<double> MedianAsync(int runs, int warmUps, Func<Task<double>> measure)
    {
        List<double> figures = new(runs);
        for (int run = -warmUps; run < runs; run++)
        {
            double figure = await measure();
            if (run >= 0)
            {
                figures.Add(figure);
            }
        }

        figures.Sort();
        return figures.Count % 2 == 1 ? figures[figures.Count / 2] : (figures[(figures.Count / 2) - 1] + figures[figures.Count / 2]) / 2;
    }
}
