using Multiprocessing.Tests.Cells;

namespace Multiprocessing.Tests.Memory;

/// <summary>One memory in several processes, however the array gets there.</summary>
public class SharedArrayTests
{
    [Fact]
    public async Task What_a_worker_writes_its_parent_sees()
    {
        using SharedArray<int> squares = new(5);
        await WorkerProcess.RunAsync(() =>
        {
            for (int i = 0; i < squares.Length; i++)
            {
                squares[i] = i * i;
            }
        });

        Assert.Equal([0, 1, 4, 9, 16], squares.ToArray());
        Assert.Equal(30, squares.Sum());
    }

    [Fact]
    public void What_the_parent_writes_a_running_worker_sees()
    {
        using SharedArray<double> data = new([1.5, 2.5]);
        using WorkerProcess worker = new(() =>
        {
            Span<double> span = data.Span;
            SpinWait wait = default;
            while (Volatile.Read(ref span[0]) < 10)
            {
                wait.SpinOnce();
            }

            span[1] = span[0] * 2;
        });
        worker.Start();
        data[0] = 21;

        Assert.True(worker.Join(TimeSpan.FromSeconds(60)));
        Assert.Equal(42, data[1]);
    }

    [Fact]
    public async Task It_is_shared_by_a_lambda_of_a_cell()
    {
        object? result = await new Notebook().RunAsync(
            "var result = new SharedArray<int>(3);",
            "void Fill(int[] xs) { for (int i = 0; i < xs.Length; i++) result[i] = xs[i] * xs[i]; }",
            "var p = new WorkerProcess(() => Fill(new[] { 2, 3, 4 })); p.Start(); p.Join(); result[^1] + result.Sum()");

        Assert.Equal(45, result);
    }

    [Fact]
    public async Task Wherever_it_sits_in_the_data_it_is_one_object()
    {
        using SharedArray<int> shared = new(1);
        Dictionary<string, object> data = new() { ["a"] = shared, ["b"] = new[] { shared } };

        bool same = await WorkerProcess.RunAsync(() =>
        {
            shared[0] = 7;
            return ReferenceEquals(data["a"], shared) && ReferenceEquals(((SharedArray<int>[])data["b"])[0], shared);
        });

        Assert.True(same);
        Assert.Equal(7, shared[0]);
    }

    [Fact]
    public async Task One_that_was_disposed_of_is_not_sent()
    {
        SharedArray<int> shared = new(1);
        shared.Dispose();

        NotShippableException error = await Assert.ThrowsAsync<NotShippableException>(() => WorkerProcess.RunAsync(() => shared[0]));

        Assert.Contains("shared", error.Path, StringComparison.Ordinal);
        Assert.Contains("disposed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_disposes_of_it_does_not_end_it_for_others()
    {
        using SharedArray<int> shared = new(1);
        await WorkerProcess.RunAsync(() =>
        {
            shared[0]++;
            shared.Dispose();
        });
        await WorkerProcess.RunAsync(() => shared[0]++);

        Assert.Equal(2, shared[0]);
    }

    [Fact]
    public async Task One_that_a_worker_made_and_returned_lives_on_here_and_can_be_sent_on()
    {
        using SharedArray<int> made = await WorkerProcess.RunAsync(() => new SharedArray<int>([1, 2, 3]));
        int[] elsewhere = await WorkerProcess.RunAsync(() =>
        {
            made[0] = 10;
            return made.ToArray();
        });

        Assert.Equal([10, 2, 3], made.ToArray());
        Assert.Equal([10, 2, 3], elsewhere);
    }

    [Fact]
    public async Task One_that_a_worker_of_a_worker_made_lives_on_here()
    {
        using SharedArray<int> made = await WorkerProcess.RunAsync(() => WorkerProcess.RunAsync(() => new SharedArray<int>([4])));
        int elsewhere = await WorkerProcess.RunAsync(() => made[0] * 2);

        Assert.Equal(8, elsewhere);
    }

    [Fact]
    public async Task One_that_was_sent_and_comes_back_is_the_same_memory()
    {
        using SharedArray<int> sent = new(1);
        using SharedArray<int> back = await WorkerProcess.RunAsync(() => sent);
        back[0] = 3;
        Assert.Equal(3, sent[0]);

        sent.Dispose();
        Assert.Equal(3, back[0]);
        Assert.Equal(3, await WorkerProcess.RunAsync(() => back[0]));
    }

    [Fact]
    public async Task One_that_a_worker_disposed_of_cannot_be_its_result()
    {
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() =>
        {
            using SharedArray<int> made = new(1);
            return made;
        }));

        Assert.Contains("disposed", error.OriginalMessage, StringComparison.Ordinal);
    }
}
