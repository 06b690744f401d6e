using System.Diagnostics;

namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Measures something that goes to another process and comes back, one trip after the other.</summary>
internal static class RoundTrips
{
    /// <summary>The median of many trips, in microseconds. In a thread of its own: in one of the pool, whoever waits would have another one started.</summary>
    /// <param name="warmUps">How many do not count.</param>
    /// <param name="trips">How many do.</param>
    /// <param name="travel">One trip, told its number: from <c>-warmUps</c> on.</param>
    public static Task<double> MedianAsync(int warmUps, int trips, Action<int> travel) => Task.Factory.StartNew(
        () =>
        {
            double[] times = new double[trips];
            for (int trip = -warmUps; trip < trips; trip++)
            {
                long begin = Stopwatch.GetTimestamp();
                travel(trip);
                if (trip >= 0)
                {
                    times[trip] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
                }
            }

            return Sample.Median(times);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
