namespace Multiprocessing.Tests.Memory;

public class SharedValueTests
{
    [Fact]
    public async Task A_loop_that_waits_for_it_sees_another_process_change_it()
    {
        using SharedValue<bool> waits = new();
        using SharedValue<int> shared = new();
        Task<int> waiting = WorkerProcess.RunAsync(() =>
        {
            waits.Value = true;
            while (shared.Value == 0)
            {
            }

            return shared.Value;
        });
        while (!waits.Value)
        {
            await Task.Delay(1);
        }

        // Long enough for the loop to be compiled again, with what has been learnt about it.
        await Task.Delay(500);
        shared.Value = 7;
        Assert.Equal(7, await waiting);
    }

    [Fact]
    public async Task Who_sees_it_sees_what_was_written_to_an_array_before_it()
    {
        const int last = 1_000_000;
        using SharedArray<long> data = new(1);
        using SharedValue<long> written = new();
        Task writer = WorkerProcess.RunAsync(() =>
        {
            for (int i = 1; i <= last; i++)
            {
                data[0] = i;
                written.Value = i;
            }
        });
        int early = 0;
        long seen;
        do
        {
            seen = written.Value;
            early += data[0] < seen ? 1 : 0;
        }
        while (seen < last);

        await writer;
        Assert.Equal(0, early);
    }

    private const int Times = 1_000_000;

    [Fact]
    public async Task Additions_of_two_processes_are_all_there()
    {
        using SharedValue<int> count = new(5);
        using SharedValue<long> sum = new();
        using SharedValue<double> halves = new(0.5);
        void Add()
        {
            for (int i = 0; i < Times; i++)
            {
                count.Increment();
                sum.Add(3_000_000_000);
                halves.Add(0.5);
            }
        }

        await Task.WhenAll(WorkerProcess.RunAsync(Add), WorkerProcess.RunAsync(Add));

        Assert.Equal(5 + (2 * Times), count.Value);
        Assert.Equal(2L * Times * 3_000_000_000, sum.Value);
        Assert.Equal(0.5 + Times, halves.Value);
    }

    [Fact]
    public void Arithmetic_gives_the_new_value_and_wraps_around()
    {
        Assert.Equal(-1, new SharedValue<int>(0).Decrement());
        Assert.Equal(uint.MaxValue, new SharedValue<uint>(0).Decrement());
        Assert.Equal(ulong.MaxValue, new SharedValue<ulong>(0).Decrement());
        Assert.Equal(byte.MinValue, new SharedValue<byte>(255).Increment());
        Assert.Equal(short.MinValue, new SharedValue<short>(short.MaxValue).Increment());
        Assert.Equal(1.5f, new SharedValue<float>(1).Add(0.5f));
        Assert.True(double.IsNaN(new SharedValue<double>(double.NaN).Add(1)));
        Assert.Contains("Lock", Assert.Throws<NotSupportedException>(() => new SharedValue<decimal>(1).Increment()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exchange_and_compare_exchange_give_the_value_before()
    {
        using SharedValue<DateTime> time = new(DateTime.UnixEpoch);
        Assert.Equal(DateTime.UnixEpoch, time.Exchange(DateTime.MaxValue));
        Assert.Equal(DateTime.MaxValue, time.CompareExchange(DateTime.MinValue, DateTime.UnixEpoch));
        Assert.Equal(DateTime.MaxValue, time.CompareExchange(DateTime.MinValue, DateTime.MaxValue));
        Assert.Equal(DateTime.MinValue, time.Value);

        using SharedValue<bool> flag = new();
        Assert.False(flag.Exchange(true));
        Assert.True(flag.Value);

        using SharedValue<DayOfWeek> day = new(DayOfWeek.Friday);
        Assert.Equal(DayOfWeek.Friday, day.CompareExchange(DayOfWeek.Monday, DayOfWeek.Friday));
        Assert.Equal("Monday", day.ToString());

        using SharedValue<Guid> large = new();
        Assert.Contains("16 bytes", Assert.Throws<NotSupportedException>(() => large.Exchange(Guid.Empty)).Message, StringComparison.Ordinal);
        large.Value = Guid.AllBitsSet;
        Assert.Equal(Guid.AllBitsSet, large.Value);
    }

    [Fact]
    public async Task A_loop_that_waits_for_another_process_sees_its_write()
    {
        using SharedValue<bool> ready = new();
        using SharedValue<bool> go = new();
        using WorkerProcess worker = new(() =>
        {
            ready.Value = true;
            while (!go.Value)
            {
            }
        });
        worker.Start();
        while (!ready.Value)
        {
            await Task.Delay(1);
        }

        go.Value = true;
        Assert.True(worker.Join(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void After_dispose_every_use_says_so()
    {
        SharedValue<int> value = new(1);
        value.Dispose();
        value.Dispose();

        Assert.Throws<ObjectDisposedException>(() => value.Value);
        Assert.Throws<ObjectDisposedException>(() => value.Value = 1);
        Assert.Throws<ObjectDisposedException>(() => value.Increment());
        Assert.Throws<ObjectDisposedException>(() => value.Exchange(1));
        Assert.Throws<ObjectDisposedException>(() => value.Lock);
        Assert.Equal("SharedValue<Int32>: disposed", value.ToString());
    }

    [Fact]
    public void Addresses_are_refused() => Assert.Throws<NotSupportedException>(() => new SharedValue<nint>());
}
