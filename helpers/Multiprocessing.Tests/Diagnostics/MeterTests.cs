using System.Diagnostics.Metrics;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Diagnostics;

/// <summary>What a listener to the meter sees.</summary>
public sealed class MeterTests : IDisposable
{
    private const string Operation = "multiprocessing.operation";

    private readonly TestHost _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void The_instruments_have_the_names_and_units_of_OpenTelemetry_s_conventions()
    {
        using Measured measured = new(_test);

        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["multiprocessing.worker.count"] = "{worker}",
                ["multiprocessing.worker.starts"] = "{worker}",
                ["multiprocessing.worker.ends"] = "{worker}",
                ["multiprocessing.worker.replacements"] = "{worker}",
                ["multiprocessing.worker.wait_time"] = "s",
                ["multiprocessing.call.starts"] = "{call}",
                ["multiprocessing.call.failures"] = "{call}",
                ["multiprocessing.call.duration"] = "s",
                ["multiprocessing.io"] = "By",
            },
            measured.Units);
    }

    [Fact]
    public async Task A_call_of_a_pool_is_counted_and_timed_by_its_kind()
    {
        using Measured measured = new(_test);
        await using WorkerPool pool = new(_test.Host, 1);
        pool.Run(static () => Thread.Sleep(50));
        pool.Map(static x => x, [1, 2, 3]);
        await pool.RunAsync(static () => 1);

        Assert.Equal(2, measured.Of("multiprocessing.call.starts", Operation, "run").Count);
        Assert.Equal(1, measured.Of("multiprocessing.call.starts", Operation, "map").Sum());
        Assert.Empty(measured.Of("multiprocessing.call.failures"));
        Assert.Equal(3, measured.Of("multiprocessing.call.duration").Count);
        Assert.InRange(measured.Of("multiprocessing.call.duration", Operation, "run").Max(), 0.05, 60);
        Assert.Equal(3, measured.Of("multiprocessing.worker.wait_time").Count);
        Assert.All(measured.Of("multiprocessing.worker.wait_time"), static seconds => Assert.InRange(seconds, 0, 60));
    }

    [Fact]
    public async Task A_call_that_fails_is_counted_by_what_it_has_failed_of()
    {
        using Measured measured = new(_test);
        await using WorkerPool pool = new(_test.Host, 1);
        Thread unsendable = Thread.CurrentThread;
        Assert.Throws<WorkerException>(() => pool.Run(static () => throw new InvalidOperationException()));
        Assert.Throws<WorkerException>(() => pool.Map(static x => 1 / x, [0, 1, 0]));
        Assert.Throws<NotShippableException>(() => pool.Run(() => unsendable.Name));
        Assert.Throws<NotShippableException>(() => pool.Map(_ => unsendable.Name, [1]));
        Assert.Throws<WorkerDiedException>(() => pool.Run(static () => Environment.Exit(3)));
        using CancellationTokenSource cancelling = new(TimeSpan.FromMilliseconds(100));
        Assert.Throws<OperationCanceledException>(() => pool.Run(static () => Thread.Sleep(Timeout.Infinite), cancelling.Token));
        await Assert.ThrowsAsync<WorkerException>(() => _test.RunAsync(static () => throw new InvalidOperationException()));
        await Assert.ThrowsAsync<NotShippableException>(() => _test.RunAsync(() => unsendable.Name));

        const string type = "error.type";
        Assert.Equal(3, measured.Of("multiprocessing.call.failures", type, typeof(WorkerException).FullName).Count);
        Assert.Equal(3, measured.Of("multiprocessing.call.failures", type, typeof(NotShippableException).FullName).Count);
        Assert.Single(measured.Of("multiprocessing.call.failures", type, typeof(WorkerDiedException).FullName));
        Assert.Single(measured.Of("multiprocessing.call.failures", type, typeof(OperationCanceledException).FullName));
        Assert.Equal(8, measured.Of("multiprocessing.call.starts").Count);
        Assert.Equal(8, measured.Of("multiprocessing.call.duration").Count);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_for_a_worker_has_ended_and_had_none()
    {
        using Measured measured = new(_test);
        await using WorkerPool pool = new(_test.Host, 1);
        using CancellationTokenSource cancelling = new();
        using SharedValue<bool> go = new();
        Task first = pool.RunAsync(() => SpinWait.SpinUntil(() => go.Value));
        Task second = pool.RunAsync(static () => { }, cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        go.Value = true;
        await first;

        Assert.Equal(2, measured.Of("multiprocessing.call.duration").Count);
        Assert.Single(measured.Of("multiprocessing.worker.wait_time"));
    }

    [Fact]
    public async Task A_process_of_its_own_is_a_call_too()
    {
        using Measured measured = new(_test);
        await _test.RunAsync(static () => 1);

        Assert.Single(measured.Of("multiprocessing.call.starts", Operation, "process"));
        Assert.Single(measured.Of("multiprocessing.call.duration", Operation, "process"));
        Assert.Single(measured.Of("multiprocessing.worker.wait_time", Operation, "process"));
    }

    [Fact]
    public void Workers_are_counted_when_they_start_and_end_and_while_they_live()
    {
        using Measured measured = new(_test);
        using WorkerProcess worker = new(_test.Host, static () => Thread.Sleep(Timeout.Infinite));
        worker.Start();
        Assert.NotEmpty(measured.Of("multiprocessing.worker.starts"));
        measured.Observe();
        Assert.Equal([1], measured.Of("multiprocessing.worker.count", "multiprocessing.worker.state", "used"));
        Assert.Single(measured.Of("multiprocessing.worker.count", "multiprocessing.worker.state", "idle"));

        worker.Kill();
        worker.Dispose();

        Assert.Equal([1], measured.Of("multiprocessing.worker.ends", "process.exit.code", 137));
        measured.Observe();
        Assert.Equal([0], measured.Of("multiprocessing.worker.count", "multiprocessing.worker.state", "used"));
    }

    [Fact]
    public void A_worker_that_takes_the_place_of_another_is_counted()
    {
        using Measured measured = new(_test);
        using WorkerPool pool = new(_test.Host, new WorkerPoolOptions { Processes = 1, MaxTasksPerWorker = 1 });
        pool.Run(static () => { });
        pool.Run(static () => { });
        Assert.True(Rendezvous.Await(() => measured.Of("multiprocessing.worker.replacements").Count == 2));
        Assert.Throws<WorkerDiedException>(() => pool.Run(static () => Environment.Exit(3)));

        Assert.True(Rendezvous.Await(() => measured.Of("multiprocessing.worker.replacements").Count == 3));
    }

    [Fact]
    public void What_goes_to_and_fro_is_counted_in_bytes()
    {
        using Measured measured = new(_test);
        using WorkerPool pool = new(_test.Host, 1);
        pool.Run(static () => 1);
        double sent = Bytes("transmit"), received = Bytes("receive");
        byte[] large = new byte[1_000_000];
        pool.Run(() => large.Length);
        Assert.InRange(Bytes("transmit") - sent, large.Length, 2 * large.Length);
        Assert.InRange(Bytes("receive") - received, 1, 10_000);

        received = Bytes("receive");
        Assert.Equal(large.Length, pool.Run(static () => new byte[1_000_000]).Length);
        Assert.InRange(Bytes("receive") - received, large.Length, 2 * large.Length);

        double Bytes(string direction) => measured.Of("multiprocessing.io", "network.io.direction", direction).Sum();
    }

    [Fact]
    public async Task As_long_as_nobody_can_listen_the_library_for_it_is_not_even_loaded() =>
        Assert.False(await _test.RunAsync(static async () =>
        {
            // In a worker, which is a program like any other, and a small one.
            await WorkerProcess.RunAsync(static () => 1);
            using WorkerPool pool = new(1);
            pool.Map(static x => x, [1, 2]);
            return Array.Exists(AppDomain.CurrentDomain.GetAssemblies(), static loaded => loaded.GetName().Name == "System.Diagnostics.DiagnosticSource");
        }));

    [Fact]
    public async Task Whoever_begins_to_listen_later_sees_what_comes_then() =>
        Assert.Equal(1, await _test.RunAsync(static async () =>
        {
            await WorkerProcess.RunAsync(static () => 1);
            return await ListenAsync();
        }));

    private static async Task<long> ListenAsync()
    {
        long calls = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Multiprocessing", Name: "multiprocessing.call.starts" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref calls, value));
        listener.Start();
        await WorkerProcess.RunAsync(static () => 1);
        return Interlocked.Read(ref calls);
    }
}
