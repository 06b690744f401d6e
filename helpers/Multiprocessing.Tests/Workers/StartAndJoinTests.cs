using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Workers;

public class StartAndJoinTests
{
    [Fact]
    public async Task A_function_runs_in_a_process_of_its_own()
    {
        int process = await WorkerProcess.RunAsync(() => Environment.ProcessId);

        Assert.NotEqual(Environment.ProcessId, process);
    }

    [Fact]
    public void Join_waits_for_the_end_of_the_function_and_the_process_ends_too()
    {
        using SharedValue<bool> mayEnd = new();
        using WorkerProcess worker = new(() => { Rendezvous.Await(() => mayEnd.Value); });
        Assert.Null(worker.ExitCode);
        Assert.False(worker.IsAlive);

        worker.Start();
        int id = worker.Id;
        Assert.True(worker.IsAlive);
        mayEnd.Value = true;
        worker.Join();

        Assert.False(worker.IsAlive);
        Assert.Equal(0, worker.ExitCode);
        Assert.True(Processes.AllEnd([id]));
    }

    [Fact]
    public void Join_with_a_limit_tells_whether_the_process_has_ended()
    {
        using SharedValue<bool> mayEnd = new();
        using WorkerProcess worker = new(() => { Rendezvous.Await(() => mayEnd.Value); });
        worker.Start();

        Assert.False(worker.Join(TimeSpan.FromMilliseconds(1)));
        mayEnd.Value = true;
        Assert.True(worker.Join(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Waiting_can_be_cancelled_and_the_process_goes_on()
    {
        using SharedValue<bool> mayEnd = new();
        using WorkerProcess worker = new(() => { Rendezvous.Await(() => mayEnd.Value); });
        worker.Start();
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(20));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker.WaitAsync(soon.Token));
        Assert.True(worker.IsAlive);
        mayEnd.Value = true;
        await worker.WaitAsync(CancellationToken.None);
        Assert.Equal(0, worker.ExitCode);
    }

    [Fact]
    public void Two_processes_run_side_by_side()
    {
        using SharedValue<int> arrived = new();
        using SharedValue<int> met = new();
        void Meet()
        {
            if (Rendezvous.Meet(arrived, 2))
            {
                met.Increment();
            }
        }

        using WorkerProcess first = new(Meet);
        using WorkerProcess second = new(Meet);
        first.Start();
        second.Start();
        first.Join();
        second.Join();

        Assert.Equal(2, met.Value);
    }

    [Fact]
    public async Task Variables_go_as_they_are_at_start_and_changes_stay_in_the_worker()
    {
        int[] numbers = [1, 2, 3];
        Func<int> sumOfChanged = () =>
        {
            numbers[0] = 100;
            return numbers.Sum();
        };
        numbers[1] = 20;

        Assert.Equal(123, await WorkerProcess.RunAsync(sumOfChanged));
        Assert.Equal([1, 20, 3], numbers);
    }

    [Fact]
    public async Task Async_functions_are_awaited()
    {
        int number = await WorkerProcess.RunAsync(async () =>
        {
            await Task.Delay(20);
            return 42;
        });
        using WorkerProcess worker = new(async () =>
        {
            await Task.Delay(20);
            throw new InvalidOperationException("late");
        });
        worker.Start();

        Assert.Equal(42, number);
        Assert.Equal("late", Assert.Throws<WorkerException>(worker.Join).OriginalMessage);
    }

    [Fact]
    public void A_join_that_is_cancelled_leaves_the_process_running()
    {
        using SharedValue<bool> go = new();
        using CancellationTokenSource cancellation = new();
        using WorkerProcess worker = new(() => SpinWait.SpinUntil(() => go.Value));
        worker.Start();
        Assert.False(worker.Join(TimeSpan.FromMilliseconds(20), cancellation.Token));
        cancellation.CancelAfter(50);

        Assert.Equal(cancellation.Token, Assert.ThrowsAny<OperationCanceledException>(() => worker.Join(cancellation.Token)).CancellationToken);
        Assert.ThrowsAny<OperationCanceledException>(() => worker.Join(TimeSpan.FromMinutes(1), cancellation.Token));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => worker.Join(TimeSpan.MaxValue, CancellationToken.None));
        Assert.True(worker.IsAlive);
        go.Value = true;
        worker.Join(CancellationToken.None);
        Assert.Equal(0, worker.ExitCode);
    }

    [Fact]
    public void Starting_twice_is_an_error()
    {
        using WorkerProcess worker = new(() => { });
        worker.Start();

        Assert.Contains("started before", Assert.Throws<InvalidOperationException>(worker.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_or_killing_or_asking_for_the_id_before_start_is_an_error()
    {
        using WorkerProcess worker = new(() => { });

        Assert.Contains("call Start first", Assert.Throws<InvalidOperationException>(worker.Join).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => worker.WaitAsync());
        Assert.Throws<InvalidOperationException>(worker.Kill);
        Assert.Throws<InvalidOperationException>(() => worker.Id);
    }

    [Fact]
    public void Starting_after_dispose_is_an_error()
    {
        WorkerProcess worker = new(() => { });
        worker.Dispose();

        Assert.Throws<ObjectDisposedException>(worker.Start);
    }

    [Fact]
    public void No_function_is_an_error() => Assert.Throws<ArgumentNullException>(() => new WorkerProcess((Action)null!));

    [Fact]
    public async Task Cancelling_a_run_ends_its_process()
    {
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WorkerProcess.RunAsync(() => Thread.Sleep(Timeout.Infinite), soon.Token));
    }

    [Fact]
    public async Task Many_processes_at_once_all_answer()
    {
        int[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(static i => WorkerProcess.RunAsync(() => i * i)));

        Assert.Equal(Enumerable.Range(0, 16).Select(static i => i * i), answers);
    }

    [Fact]
    public async Task A_worker_can_start_workers_of_its_own()
    {
        (int outer, int inner) = await WorkerProcess.RunAsync(async () =>
            (Environment.ProcessId, await WorkerProcess.RunAsync(() => Environment.ProcessId)));

        Assert.Equal(3, new HashSet<int> { Environment.ProcessId, outer, inner }.Count);
    }

    [Fact]
    public async Task Large_arguments_and_results_arrive_whole()
    {
        double[] numbers = [.. Enumerable.Range(0, 4_000_000).Select(static i => i * 0.5)];

        double[] doubled = await WorkerProcess.RunAsync(() => Array.ConvertAll(numbers, static number => number * 2));

        Assert.Equal(4_000_000, doubled.Length);
        Assert.Equal(3_999_999.0, doubled[^1]);
    }
}
