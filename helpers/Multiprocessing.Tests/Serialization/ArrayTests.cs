namespace Multiprocessing.Tests.Serialization;

public class ArrayTests
{
    public static TheoryData<Array> Arrays =>
    [
        Array.Empty<int>(), Array.Empty<string>(), new[] { 1, 2, 3 }, new[] { "a", null, "b" }, new[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } },
        new[,,] { { { "a", "b" }, { "c", "d" } } }, new int[0, 3], new string[2, 0], new decimal[] { 1.5m }, new bool[] { true, false },
        new DayOfWeek[] { DayOfWeek.Friday }, new (int, string)[] { (1, "a"), (2, "b") }, new (int, double)[,] { { (1, 2.5) } },
        Array.CreateInstance(typeof(int), [3], [-1]), Array.CreateInstance(typeof(string), [2, 2], [1, 10]), Array.CreateInstance(typeof(int), [0], [5]),
        new nint[] { 0, 0 }, new object?[] { 1, "x", null, 2.5 },
    ];

    [Theory]
    [MemberData(nameof(Arrays))]
    public void An_array_goes(Array array)
    {
        Array copy = RoundTrip.Of(array);

        Assert.Equal(array.GetType(), copy.GetType());
        for (int dimension = 0; dimension < array.Rank; dimension++)
        {
            Assert.Equal(array.GetLength(dimension), copy.GetLength(dimension));
            Assert.Equal(array.GetLowerBound(dimension), copy.GetLowerBound(dimension));
        }

        Assert.Equal(array.Cast<object?>(), copy.Cast<object?>());
    }

    [Fact]
    public void Elements_keep_their_places_whatever_the_bounds()
    {
        Array grid = Array.CreateInstance(typeof(string), [2, 3], [-1, 5]);
        grid.SetValue("corner", 0, 7);
        grid.SetValue("start", -1, 5);
        Array line = Array.CreateInstance(typeof(string), [2], [5]);
        line.SetValue("six", 6);

        Assert.Equal("corner", RoundTrip.Of(grid).GetValue(0, 7));
        Assert.Equal("start", RoundTrip.Of(grid).GetValue(-1, 5));
        Assert.Equal("six", RoundTrip.Of(line).GetValue(6));
    }

    [Fact]
    public void A_jagged_array_goes() => Assert.Equal<int[][]>([[1], [], null!, [2, 3]], RoundTrip.Of<int[][]>([[1], [], null!, [2, 3]]));

    [Fact]
    public void An_array_stays_of_its_own_type_under_another_name()
    {
        object[] words = new string[] { "a" };
        object[] things = ["a"];

        Assert.IsType<string[]>(RoundTrip.Of(words));
        Assert.IsType<object[]>(RoundTrip.Of(things));
        Assert.IsType<uint[]>(RoundTrip.Of((int[])(object)new uint[] { 1 }));
        Assert.IsType<DayOfWeek[]>(RoundTrip.Of((int[])(object)new DayOfWeek[] { DayOfWeek.Monday }));
    }

    [Fact]
    public void Arrays_of_structs_with_references_go()
    {
        string shared = new('s', 2);
        Holder[] copy = RoundTrip.Of<Holder[]>([new() { Text = shared, Number = 1 }, new() { Text = shared, Number = 2 }]);

        Assert.Same(copy[0].Text, copy[1].Text);
        Assert.Equal(2, copy[1].Number);
    }

    [Fact]
    public unsafe void Null_pointers_in_an_array_go_and_others_do_not()
    {
        int*[] pointers = new int*[2];
        int*[] copy = RoundTrip.Of(pointers);
        Assert.Equal(2, copy.Length);

        int number = 0;
        pointers[1] = &number;
        Assert.Contains("address", RoundTrip.Refusal(pointers).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_follows_an_array_of_pointers_is_not_disturbed()
    {
        Array pointers = Array.CreateInstanceFromArrayType(typeof(int).MakePointerType().MakeArrayType(), 2);
        Assert.Equal("after", RoundTrip.Of<object[]>([pointers, new List<string> { "after" }])[1] is List<string> list ? list[0] : "");
    }

    private struct Holder
    {
        public string Text;
        public int Number;
    }
}
