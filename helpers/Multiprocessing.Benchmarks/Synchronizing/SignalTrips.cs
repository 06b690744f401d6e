using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Synchronizing;

/// <summary>How long it takes to tell another process something and to be told by it: by two events, and by a condition and a number that says whose turn it is.</summary>
internal static class SignalTrips
{
    private const string Script = "synchronization.py";
    private const int Trips = 3000;
    private const int WarmUpTrips = 3000;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("event ping-pong (set, wait, reset), median", "us", Better.Lower, static effort => Sample.MedianAsync(effort, 1, ByEventsAsync)) { Theirs = new PythonFigure(Script, "event_ping_pong") },
        new("condition ping-pong (pulse, wait), median", "us", Better.Lower, static effort => Sample.MedianAsync(effort, 1, ByConditionAsync)) { Theirs = new PythonFigure(Script, "condition_ping_pong") },
    ];

    private static async Task<double> ByEventsAsync()
    {
        using ProcessEvent there = new();
        using ProcessEvent back = new();
        Task other = WorkerProcess.RunAsync(() =>
        {
            for (int trip = 0; trip < WarmUpTrips + Trips; trip++)
            {
                there.Wait();
                there.Reset();
                back.Set();
            }
        });
        double median = await RoundTrips.MedianAsync(WarmUpTrips, Trips, _ =>
        {
            there.Set();
            back.Wait();
            back.Reset();
        });
        await other;
        Check.Equal(false, there.IsSet);
        return median;
    }

    private static async Task<double> ByConditionAsync()
    {
        using ProcessCondition changed = new();
        using SharedValue<int> turn = new();
        Task other = WorkerProcess.RunAsync(() =>
        {
            for (int trip = 0; trip < WarmUpTrips + Trips; trip++)
            {
                using (changed.Lock.EnterScope())
                {
                    changed.WaitFor(() => turn.Value == 1);
                    turn.Value = 0;
                    changed.Pulse();
                }
            }
        });
        double median = await RoundTrips.MedianAsync(WarmUpTrips, Trips, _ =>
        {
            using (changed.Lock.EnterScope())
            {
                turn.Value = 1;
                changed.Pulse();
                changed.WaitFor(() => turn.Value == 0);
            }
        });
        await other;
        Check.Equal(0, turn.Value);
        return median;
    }
}
