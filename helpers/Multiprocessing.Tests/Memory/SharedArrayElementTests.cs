using System.Runtime.InteropServices;

namespace Multiprocessing.Tests.Memory;

/// <summary>Which arrays there can be, and what is in them.</summary>
public class SharedArrayElementTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void An_index_outside_is_refused(int index)
    {
        using SharedArray<long> shared = new(3);

        Assert.Contains("3 elements", Assert.Throws<IndexOutOfRangeException>(() => shared[index]).Message, StringComparison.Ordinal);
        Assert.Throws<IndexOutOfRangeException>(() => shared[index] = 1);
    }

    [Fact]
    public void Lengths_that_no_array_has_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedArray<byte>(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedArray<byte>(int.MaxValue));
        using SharedArray<byte> empty = new(0);
        Assert.Empty(empty);
        Assert.Throws<IndexOutOfRangeException>(() => empty[0]);
    }

    [Fact]
    public void More_than_there_is_room_for_is_refused()
    {
        IOException error = Assert.Throws<IOException>(() => new SharedArray<Megabyte>(Array.MaxLength).Dispose());

        Assert.Contains("no room", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_that_are_addresses_are_refused()
    {
        Assert.Contains("use long", Assert.Throws<NotSupportedException>(() => new SharedArray<nint>(1)).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => new SharedArray<(int, nuint)>(1));
        using SharedArray<(int Id, DateTime When)> pairs = new(2);
        pairs[1] = (5, DateTime.UnixEpoch);
        Assert.Equal((5, DateTime.UnixEpoch), pairs[1]);
    }

    [Fact]
    public void It_shows_its_first_elements()
    {
        using SharedArray<int> few = new([1, 2]);
        using SharedArray<int> many = new([.. Enumerable.Range(1, 100)]);

        Assert.Equal("SharedArray<Int32>[2] { 1, 2 }", few.ToString());
        Assert.Equal("SharedArray<Int32>[100] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, … }", many.ToString());
    }

    [Fact]
    public async Task Arrays_of_more_than_2_GB_work()
    {
        const int length = 300_000_000;
        using SharedArray<long> shared = new(length);
        await WorkerProcess.RunAsync(() => shared[length - 1] = 42);

        Assert.Equal(42, shared[^1]);
        Assert.Equal(0, shared[length / 2]);
    }

    [StructLayout(LayoutKind.Sequential, Size = 1 << 20)]
    private struct Megabyte;
}
