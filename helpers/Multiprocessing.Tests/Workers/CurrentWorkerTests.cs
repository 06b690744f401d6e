using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Workers;

/// <summary>What a worker knows of itself, and its parent of those that it has.</summary>
public class CurrentWorkerTests(TestHost test) : IClassFixture<TestHost>
{
    [Fact]
    public void A_program_is_no_worker() => Assert.Null(WorkerProcess.Current);

    [Fact]
    public async Task A_function_knows_its_worker_and_who_has_started_it()
    {
        (string name, int id, int parent, string? parentName, int ownId) = await test.RunAsync(static () =>
        {
            CurrentWorker worker = WorkerProcess.Current!;
            return (worker.Name, worker.Id, worker.ParentId, worker.ParentName, Environment.ProcessId);
        });

        Assert.StartsWith("Worker-", name, StringComparison.Ordinal);
        Assert.Equal(ownId, id);
        Assert.Equal(Environment.ProcessId, parent);
        Assert.Null(parentName);
    }

    [Fact]
    public void A_worker_has_the_name_that_it_was_given()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = new(test.Host, static () => Console.WriteLine(WorkerProcess.Current)) { Name = "세는 이" };
        worker.Start();
        worker.Join();

        Assert.Equal($"세는 이 (process {worker.Id})\n", cell.Output);
    }

    [Fact]
    public void A_worker_of_a_pool_knows_which_it_is()
    {
        using WorkerPool pool = new(test.Host, 2);
        string[] names = pool.Map(static _ => WorkerProcess.Current!.Name, Enumerable.Range(0, 20), chunkSize: 1);

        Assert.All(names, name => Assert.Contains(name, (string[])[$"{pool.Name}.1", $"{pool.Name}.2"]));
    }

    [Fact]
    public async Task A_worker_of_a_worker_knows_its_parent()
    {
        (string outer, string? parent) = await test.RunAsync(static async () =>
            (WorkerProcess.Current!.Name, await WorkerProcess.RunAsync(static () => WorkerProcess.Current!.ParentName)));

        Assert.Equal(outer, parent);
    }

    [Fact]
    public async Task The_token_of_a_worker_that_nobody_has_asked_to_end_is_not_cancelled() =>
        Assert.False(await test.RunAsync(static () => WorkerProcess.Current!.Stopping.IsCancellationRequested));

    [Fact]
    public async Task It_cannot_be_sent()
    {
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => test.RunAsync(static () => WorkerProcess.Current));
        Assert.Contains("Name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_that_live_are_listed_in_the_order_in_which_they_were_started()
    {
        Assert.Empty(WorkerProcess.GetAlive(test.Host));
        using SharedValue<bool> go = new();
        using WorkerProcess first = new(test.Host, () => SpinWait.SpinUntil(() => go.Value)), second = new(test.Host, static () => Thread.Sleep(Timeout.Infinite));
        using WorkerPool pool = new(test.Host, 1);
        Assert.Empty(WorkerProcess.GetAlive(test.Host));
        second.Start();
        first.Start();
        Task running = test.RunAsync(() => SpinWait.SpinUntil(() => go.Value));

        IReadOnlyList<WorkerProcess> alive = WorkerProcess.GetAlive(test.Host);
        Assert.Equal([second, first], alive.Take(2));
        Assert.Equal(3, alive.Count);

        go.Value = true;
        first.Join();
        await running;
        Assert.Same(second, Assert.Single(WorkerProcess.GetAlive(test.Host)));
        second.Kill();
        second.Join();
        Assert.Empty(WorkerProcess.GetAlive(test.Host));
    }
}
