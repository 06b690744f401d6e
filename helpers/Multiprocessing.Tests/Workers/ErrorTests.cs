namespace Multiprocessing.Tests.Workers;

public class ErrorTests
{
    [Fact]
    public async Task An_exception_comes_back_with_its_type_message_and_place()
    {
        int zero = 0;
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() => 1 / zero));

        Assert.Equal("System.DivideByZeroException", error.OriginalType);
        Assert.IsType<DivideByZeroException>(error.InnerException);
        Assert.Contains(nameof(ErrorTests), error.WorkerStackTrace, StringComparison.Ordinal);
        Assert.Contains(nameof(ErrorTests), error.InnerException.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain("WorkerLoop", error.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(Environment.ProcessId, error.ProcessId);
    }

    [Fact]
    public void Join_throws_what_the_function_threw_each_time_it_is_called()
    {
        using WorkerProcess worker = new(() => throw new ArgumentException("no good"));
        worker.Name = "계산";
        worker.Start();

        Assert.Contains("계산", Assert.Throws<WorkerException>(worker.Join).Message, StringComparison.Ordinal);
        Assert.Equal("no good", Assert.Throws<WorkerException>(worker.Join).OriginalMessage);
        Assert.Equal(1, worker.ExitCode);
    }

    [Fact]
    public async Task An_exception_keeps_its_own_fields_and_its_inner_exceptions()
    {
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() =>
            throw new BalanceException("low", -5) { Data = { ["account"] = "A-1" } }));

        BalanceException original = Assert.IsType<BalanceException>(error.InnerException);
        Assert.Equal(-5, original.Balance);
        Assert.Equal("A-1", original.Data["account"]);
        Assert.IsType<TimeoutException>(original.InnerException);
    }

    [Fact]
    public async Task An_exception_that_cannot_be_sent_is_told_all_the_same()
    {
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() =>
            throw new StreamException("broken", new FileStream("/dev/null", FileMode.Open))));

        Assert.Equal(typeof(StreamException).FullName, error.OriginalType);
        Assert.Equal("broken", error.OriginalMessage);
        Assert.Contains("broken", error.InnerException!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_whose_members_throw_is_told_all_the_same()
    {
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() => throw new HostileException()));

        Assert.Equal(typeof(HostileException).FullName, error.OriginalType);
    }

    [Fact]
    public async Task A_result_that_cannot_be_sent_is_told_with_its_path()
    {
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() => new[] { Thread.CurrentThread }));

        Assert.IsType<NotShippableException>(error.InnerException);
        Assert.Contains("result of", error.OriginalMessage, StringComparison.Ordinal);
        Assert.Contains("[0]", error.OriginalMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_cannot_be_sent_is_refused_before_anything_starts_and_may_be_started_later()
    {
        Stream? log = Stream.Null;
        using WorkerProcess worker = new(() => log?.Flush());

        NotShippableException error = Assert.Throws<NotShippableException>(worker.Start);
        Assert.Contains("log", error.Path, StringComparison.Ordinal);
        Assert.False(worker.IsAlive);

        log = null;
        worker.Start();
        worker.Join();
    }

    internal sealed class BalanceException(string message, int balance) : Exception(message, new TimeoutException())
    {
        public int Balance { get; } = balance;
    }

    internal sealed class StreamException(string message, Stream stream) : Exception(message)
    {
        public Stream Stream { get; } = stream;
    }

    internal sealed class HostileException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");

        public override string StackTrace => throw new InvalidOperationException("no trace");

        public override string ToString() => throw new InvalidOperationException("no text");
    }
}
