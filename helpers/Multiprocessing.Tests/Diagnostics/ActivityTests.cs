using System.Diagnostics;
using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Diagnostics;

/// <summary>Where calls, and what workers do of them, stand in a trace.</summary>
public sealed class ActivityTests : IDisposable
{
    private readonly TestHost _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void A_worker_s_activity_is_a_child_of_its_call_s_and_that_of_the_caller_s()
    {
        using TracedCalls traced = new(_test);
        using WorkerPool pool = new(_test.Host, 1);
        using Activity caller = new Activity("caller") { TraceStateString = "vendor=1" }.Start();
        Seen seen = pool.Run(Look);

        Assert.Same(caller, Activity.Current);
        Activity call = Assert.Single(traced.Ended);
        Assert.Equal(("multiprocessing.run", ActivityKind.Client), (call.OperationName, call.Kind));
        Assert.Equal(caller.SpanId, call.ParentSpanId);
        Assert.Equal("multiprocessing.work", seen.Name);
        Assert.Equal((call.TraceId.ToString(), call.SpanId.ToString()), (seen.Trace, seen.Parent));
        Assert.Equal("vendor=1", seen.State);
        Assert.True(seen.IsRecorded);
    }

    [Fact]
    public void Each_batch_of_a_map_is_a_child_of_the_call_s()
    {
        using TracedCalls traced = new(_test);
        using WorkerPool pool = new(_test.Host, 2);
        Seen[] seen = pool.Map(static _ => Look(), Enumerable.Range(0, 8), chunkSize: 1);

        Activity call = Assert.Single(traced.Ended);
        Assert.Equal("multiprocessing.map", call.OperationName);
        Assert.StartsWith("map lambda in ActivityTests.", call.DisplayName, StringComparison.Ordinal);
        Assert.Equal(call.DisplayName["map ".Length..], call.GetTagItem("code.function.name"));
        Assert.All(seen, one => Assert.Equal((call.TraceId.ToString(), call.SpanId.ToString()), (one.Trace, one.Parent)));
        Assert.Equal(8, seen.Select(static one => one.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_process_of_its_own_is_an_activity_until_its_function_has_ended()
    {
        using TracedCalls traced = new(_test);
        Seen seen = await _test.RunAsync(Look);

        Activity call = Assert.Single(traced.Ended);
        Assert.Equal("multiprocessing.process", call.OperationName);
        Assert.Equal(call.SpanId.ToString(), seen.Parent);
        Assert.StartsWith("Worker-", (string)call.GetTagItem("multiprocessing.worker.name")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_async_function_does_is_in_the_trace_too()
    {
        using TracedCalls traced = new(_test);
        await using WorkerPool pool = new(_test.Host, 1);
        Seen seen = await pool.RunAsync(static async () =>
        {
            await Task.Delay(1);
            return Look();
        });

        Assert.Equal(Assert.Single(traced.Ended).SpanId.ToString(), seen.Parent);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void A_call_that_nobody_listens_to_passes_on_what_its_caller_is_at()
    {
        using WorkerPool pool = new(_test.Host, 1);
        using Activity caller = new Activity("caller") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        Seen seen = pool.Run(Look);

        Assert.Equal((caller.TraceId.ToString(), caller.SpanId.ToString()), (seen.Trace, seen.Parent));
    }

    [Fact]
    public void An_exception_of_a_call_in_a_trace_has_the_stack_trace_that_it_has_elsewhere()
    {
        using WorkerPool pool = new(_test.Host, 1);
        using Activity caller = new Activity("caller") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        WorkerException inTrace = Assert.Throws<WorkerException>(() => pool.Run(Fail));
        caller.Stop();
        WorkerException elsewhere = Assert.Throws<WorkerException>(() => pool.Run(Fail));

        Assert.Equal(elsewhere.WorkerStackTrace, inTrace.WorkerStackTrace);
        static void Fail() => throw new InvalidOperationException();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Baggage_goes_to_the_worker_and_to_its_workers_whether_the_trace_is_recorded_or_not(bool isRecorded)
    {
        using WorkerPool pool = new(_test.Host, 1);
        using Activity caller = new Activity("caller") { ActivityTraceFlags = isRecorded ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None }
            .AddBaggage("tenant", "셋, a=b;c %20").AddBaggage("empty", null).AddBaggage("tenant", "4").Start();
        using Activity inner = new Activity("inner").AddBaggage("own", "yes").Start();
        string expected = Baggage();
        Assert.StartsWith("own=yes|tenant=4|empty=|tenant=", expected, StringComparison.Ordinal);

        Assert.Equal(expected, pool.Run(Baggage));
        Assert.Equal([expected, expected], pool.Map(static _ => Baggage(), [1, 2], chunkSize: 1));
        Assert.Equal(expected, await _test.RunAsync(Baggage));
        Assert.Equal(expected, await _test.RunAsync(static () => WorkerProcess.RunAsync(Baggage)));
        Assert.Equal((inner.TraceId.ToString(), isRecorded), pool.Run(static () => (Activity.Current!.TraceId.ToString(), Activity.Current.Recorded)));
    }

    [Fact]
    public void Who_listens_in_the_worker_sees_the_baggage_when_the_activity_begins()
    {
        using TracedCalls traced = new(_test);
        using WorkerPool pool = new(_test.Host, 1, initializer: static () => ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Multiprocessing",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = static activity => AppContext.SetData("seen", activity.GetBaggageItem("tenant")),
        }));
        using Activity caller = new Activity("caller").AddBaggage("tenant", "3").Start();

        Assert.Equal("3", pool.Run(static () => (string?)AppContext.GetData("seen")));
    }

    [Fact]
    public void A_call_in_no_trace_begins_none()
    {
        using WorkerPool pool = new(_test.Host, 1);

        Assert.True(pool.Run(static () => Activity.Current is null));
        using (Activity caller = new Activity("caller").Start())
        {
            // Nobody records it: a notebook's host has one for each cell.
            Assert.True(pool.Run(static () => Activity.Current is null));
            caller.ActivityTraceFlags = ActivityTraceFlags.Recorded;
            Assert.False(pool.Run(static () => Activity.Current is null));
        }

        Assert.True(pool.Run(static () => Activity.Current is null));
    }

    [Fact]
    public void The_activity_of_a_call_that_fails_says_so()
    {
        using TracedCalls traced = new(_test);
        using WorkerPool pool = new(_test.Host, 1);
        WorkerException error = Assert.Throws<WorkerException>(() => pool.Run(static () => throw new InvalidOperationException("why")));

        Activity call = Assert.Single(traced.Ended);
        Assert.Equal((ActivityStatusCode.Error, error.Message), (call.Status, call.StatusDescription));
        Assert.Equal(typeof(WorkerException).FullName, call.GetTagItem("error.type"));
    }

    [Fact]
    public void A_listener_in_the_worker_is_told_of_what_is_done_there()
    {
        using TracedCalls traced = new(_test);
        using WorkerPool pool = new(_test.Host, 1, initializer: static () => ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Multiprocessing",
            Sample = static (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.IsRemote ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = static activity =>
                AppContext.SetData("seen", $"{activity.Kind} {activity.ParentSpanId} {activity.Status} {activity.GetTagItem("multiprocessing.worker.name")}"),
        }));
        Assert.Throws<WorkerException>(() => pool.Run(static () => throw new InvalidOperationException("why")));
        string? seen = pool.Run(static () => (string?)AppContext.GetData("seen"));

        Assert.Equal($"Server {traced.Ended[0].SpanId} Error {pool.Name}.1", seen);
    }

    [Fact]
    public async Task A_worker_of_a_worker_is_in_the_same_trace()
    {
        using TracedCalls traced = new(_test);
        (string outer, Seen inner) = await _test.RunAsync(static async () => (Activity.Current!.SpanId.ToString(), await WorkerProcess.RunAsync(Look)));

        Assert.Equal(Assert.Single(traced.Ended).TraceId.ToString(), inner.Trace);
        Assert.Equal(outer, inner.Parent);
    }

    private static Seen Look()
    {
        Activity current = Activity.Current!;
        return new Seen(current.OperationName, current.TraceId.ToString(), current.SpanId.ToString(), current.ParentSpanId.ToString(), current.TraceStateString, current.Recorded);
    }

    private static string Baggage() => string.Join('|', Activity.Current!.Baggage.Select(static item => $"{item.Key}={item.Value}"));

    private sealed record Seen(string Name, string Trace, string Id, string Parent, string? State, bool IsRecorded);
}
