using System.Runtime.CompilerServices;

namespace Multiprocessing.Tests.Memory;

/// <summary>What is left of an array that nobody has any more, or that was disposed of.</summary>
public class SharedArrayDisposalTests
{
    [Fact]
    public void After_dispose_every_use_says_so()
    {
        SharedArray<int> shared = new([1, 2, 3]);
        ProcessLock gate = shared.Lock;
        IEnumerator<int> elements = shared.GetEnumerator();
        Assert.True(elements.MoveNext());
        shared.Dispose();
        shared.Dispose();

        Assert.Throws<ObjectDisposedException>(() => shared[0]);
        Assert.Throws<ObjectDisposedException>(() => shared[0] = 1);
        Assert.Throws<ObjectDisposedException>(() => shared.Length);
        Assert.Throws<ObjectDisposedException>(() => shared.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => shared.Lock);
        Assert.Throws<ObjectDisposedException>(() => shared.ToArray());
        Assert.Throws<ObjectDisposedException>(() => elements.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => gate.Enter());
        Assert.Equal("SharedArray<Int32>: disposed", shared.ToString());
    }

    [Fact]
    public async Task Dispose_in_the_middle_of_accesses_ends_them_without_a_crash()
    {
        for (int round = 0; round < 200; round++)
        {
            SharedArray<int> shared = new(1000);
            Task<bool>[] users = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => UseUntilDisposed(shared)))];
            await Task.Delay(1);
            shared.Dispose();
            Assert.All(await Task.WhenAll(users), Assert.True);
        }
    }

    [Fact]
    public void A_span_of_an_array_that_nobody_refers_to_any_more_stays_good()
    {
        Span<int> span = SpanOfForgotten(dispose: false);
        Collect();

        Assert.Equal(5, span[0]);
        span[0] = 6;
        Assert.Equal(6, span[0]);
    }

    [Fact]
    public void A_span_of_an_array_that_was_disposed_of_does_not_crash()
    {
        Span<int> span = SpanOfForgotten(dispose: true);
        Collect();

        span[0] = 6;
        Assert.Equal(6, span[0]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<int> SpanOfForgotten(bool dispose)
    {
        SharedArray<int> shared = new(10_000);
        shared[0] = 5;
        Span<int> span = shared.Span;
        if (dispose)
        {
            shared.Dispose();
        }

        return span;
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static bool UseUntilDisposed(SharedArray<int> shared)
    {
        try
        {
            for (int i = 0; ; i = (i + 1) % 1000)
            {
                shared[i]++;
            }
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
