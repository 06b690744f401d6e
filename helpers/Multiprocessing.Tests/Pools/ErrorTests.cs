using System.Globalization;

namespace Multiprocessing.Tests.Pools;

/// <summary>What is told of functions that throw.</summary>
public class ErrorTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    private readonly WorkerPool _pool = fixture.Pool;

    // CPython: test_traceback. loky: test_traceback.
    [Fact]
    public void An_exception_comes_back_with_its_input_type_message_and_place()
    {
        string[] words = ["12", "34", "56", "seven", "89"];
        WorkerException error = Assert.Throws<WorkerException>(() => _pool.Map(Parse, words));

        Assert.Equal(3, error.InputIndex);
        Assert.Contains("input 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("seven", error.Message, StringComparison.Ordinal);
        Assert.Equal("System.FormatException", error.OriginalType);
        Assert.IsType<FormatException>(error.InnerException);
        Assert.Equal(error.InnerException.Message, error.OriginalMessage);
        Assert.Contains(nameof(Parse), error.WorkerStackTrace, StringComparison.Ordinal);
        Assert.Contains(nameof(Parse), error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("WorkerLoop", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(error.OtherExceptions);
        Assert.NotEqual(Environment.ProcessId, error.ProcessId);
    }

    [Fact]
    public void The_others_are_attached_in_the_order_of_the_inputs()
    {
        WorkerException error = Assert.Throws<WorkerException>(() => _pool.Map(FailSlowerFirst, Enumerable.Range(0, 8), chunkSize: 1));

        WorkerException[] others = [.. error.OtherExceptions.Select(static other => Assert.IsType<WorkerException>(other))];
        Assert.Equal("no 0", error.OriginalMessage);
        Assert.Equal(["no 2", "no 4", "no 6"], others.Select(static other => other.OriginalMessage));
        Assert.Equal([2, 4, 6], others.Select(static other => other.InputIndex));
        Assert.All(others, static other => Assert.IsType<ArgumentException>(other.InnerException));

        static int FailSlowerFirst(int x)
        {
            Thread.Sleep(40 - (5 * x));
            return x % 2 == 0 ? throw new ArgumentException($"no {x}") : x;
        }
    }

    [Fact]
    public async Task All_failures_together_are_what_an_aggregate_would_have()
    {
        static int Fail(int x) => x % 3 == 1 ? throw new FormatException($"no {x}") : x;
        WorkerFailureException error = Assert.Throws<WorkerException>(() => _pool.Map(Fail, Enumerable.Range(0, 9)));

        Assert.Same(error, error.Failures[0]);
        Assert.Equal(error.OtherExceptions, error.Failures.Skip(1));
        Assert.Equal([1, 4, 7], error.Failures.Cast<WorkerFailureException>().Select(static failure => failure.InputIndex));

        // Whoever wants one exception for all makes it; whoever awaits has the first one, as ever.
        AggregateException all = new(error.Failures);
        Assert.Equal(error.Failures, all.InnerExceptions);
        all.Handle(static failure => failure is WorkerException { InnerException: FormatException });
        Task<int[]> call = _pool.MapAsync(Fail, Enumerable.Range(0, 9));
        WorkerFailureException awaited = await Assert.ThrowsAsync<WorkerException>(() => call);
        Assert.Same(awaited, Assert.Single(call.Exception!.InnerExceptions));
        Assert.Equal(3, awaited.Failures.Count);
    }

    [Fact]
    public void One_exception_is_the_base_of_all_that_goes_wrong_in_a_worker()
    {
        using WorkerPool pool = new(2);
        WorkerFailureException thrown = Assert.ThrowsAny<WorkerFailureException>(() => pool.Run(static int () => throw new FormatException()));
        WorkerFailureException dead = Assert.ThrowsAny<WorkerFailureException>(() => pool.Map(static x => DeathTests.Die("exit"), [5]));

        Assert.IsType<WorkerException>(thrown);
        Assert.IsType<WorkerDiedException>(dead);
        Assert.Equal((null, 0), (thrown.InputIndex, dead.InputIndex));
        Assert.All((WorkerFailureException[])[thrown, dead], static failure =>
        {
            Assert.NotEqual(0, failure.ProcessId);
            Assert.NotEmpty(failure.WorkerName);
            Assert.Equal([failure], failure.Failures);
        });
    }

    [Fact]
    public void A_failure_of_a_pool_in_a_worker_comes_back_as_it_was()
    {
        WorkerException error = Assert.Throws<WorkerException>(() => _pool.Run(static () =>
        {
            using WorkerPool inner = new(1);
            inner.Map(static x => x > 0 ? throw new FormatException($"no {x}") : x, [0, 1, 2]);
        }));

        WorkerException original = Assert.IsType<WorkerException>(error.InnerException);
        Assert.Equal(1, original.InputIndex);
        Assert.Equal(["no 1", "no 2"], original.Failures.Cast<WorkerException>().Select(static failure => failure.OriginalMessage));
        Assert.NotEqual(error.ProcessId, original.ProcessId);
    }

    [Fact]
    public void Every_input_may_fail()
    {
        WorkerException error = Assert.Throws<WorkerException>(() => _pool.Map(Throw<FormatException>, Enumerable.Range(0, 3000)));

        Assert.Equal(0, error.InputIndex);
        Assert.Equal(Enumerable.Range(1, 2999), error.OtherExceptions.Select(static other => ((WorkerException)other).InputIndex!.Value));
        _pool.AssertUsable();
    }

    [Fact]
    public void A_value_that_is_long_or_has_no_text_does_not_spoil_the_message()
    {
        static int Fail(object? x) => throw new FormatException("bad");

        Assert.InRange(Assert.Throws<WorkerException>(() => _pool.Map(Fail, [new string('x', 1_000_000)])).Message.Length, 1, 5000);
        Assert.Contains("input 1", Assert.Throws<WorkerException>(() => _pool.Map(static (Textless x) => x.Number == 1 ? Fail(x) : 0, [new Textless(0), new Textless(1)])).Message, StringComparison.Ordinal);
        Assert.Contains("input 0", Assert.Throws<WorkerException>(() => _pool.Map(Fail, new object?[] { null })).Message, StringComparison.Ordinal);
    }

    // CPython: test_wrapped_exception, test_exception_not_shippable. loky: test_exception_not_shippable.
    [Fact]
    public void An_exception_that_cannot_be_sent_is_told_all_the_same()
    {
        WorkerException error = Assert.Throws<WorkerException>(() => _pool.Map(
            static x => x == 1 ? throw new Workers.ErrorTests.StreamException("broken", new FileStream("/dev/null", FileMode.Open)) : x, Enumerable.Range(0, 4)));

        Assert.Equal(1, error.InputIndex);
        Assert.Equal(typeof(Workers.ErrorTests.StreamException).FullName, error.OriginalType);
        Assert.Equal("broken", error.OriginalMessage);
        Assert.Equal(
            typeof(Workers.ErrorTests.HostileException).FullName,
            Assert.Throws<WorkerException>(() => _pool.Map(Throw<Workers.ErrorTests.HostileException>, [1, 2])).OriginalType);
        _pool.AssertUsable();
    }

    [Fact]
    public void An_exception_keeps_its_own_fields_and_its_inner_exceptions()
    {
        static int Overdraw(int x) => throw new Workers.ErrorTests.BalanceException("low", x) { Data = { ["account"] = "A-1" } };
        WorkerException error = Assert.Throws<WorkerException>(() => _pool.Map(Overdraw, [-5]));

        Workers.ErrorTests.BalanceException original = Assert.IsType<Workers.ErrorTests.BalanceException>(error.InnerException);
        Assert.Equal(-5, original.Balance);
        Assert.Equal("A-1", original.Data["account"]);
        Assert.IsType<TimeoutException>(original.InnerException);
    }

    [Fact]
    public async Task A_cancellation_of_the_function_s_own_is_an_error_like_any_other()
    {
        static int Cancel(int x) => throw new OperationCanceledException("mine");
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => _pool.MapAsync(Cancel, [1]));

        Assert.Equal("mine", error.OriginalMessage);
        Assert.IsType<OperationCanceledException>(error.InnerException);
    }

    [Fact]
    public async Task A_function_without_input_fails_without_one()
    {
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => _pool.RunAsync(static () => Parse("x")));

        Assert.Null(error.InputIndex);
        Assert.Empty(error.OtherExceptions);
        Assert.DoesNotContain("input 0", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Parse), error.WorkerStackTrace, StringComparison.Ordinal);
    }

    private static int Throw<TException>(int x)
        where TException : Exception, new() => throw new TException();

    private static int Parse(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    internal sealed class Textless(int number)
    {
        public int Number { get; } = number;

        public override string ToString() => throw new InvalidOperationException("no text");
    }
}
