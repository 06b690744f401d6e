namespace Multiprocessing.Tests.Serialization;

/// <summary>The way to what cannot go is told in the words of the source.</summary>
public sealed class PathTests : IDisposable
{
    private readonly FileStream _file = File.OpenRead(Environment.ProcessPath!);

    [Fact]
    public void Fields_and_properties_are_named() =>
        Assert.Equal("value -> log -> Stream", Path(new Owner { Log = new Log { Stream = _file } }));

    [Fact]
    public void Elements_are_numbered()
    {
        Assert.Equal("value -> [2]", Path(new List<object> { 1, 2, _file }));
        Assert.Equal("value -> [1]", Path(new object[] { 1, _file }));
        Assert.Equal("value -> [1] -> Item2", Path(new (int, Stream)[] { (1, Stream.Null as MemoryStream ?? null!), (2, _file) }));
        Assert.Equal("value -> [1] -> Item2", Path(new List<(int, Stream?)> { (1, null), (2, _file) }));
    }

    [Fact]
    public void Keys_are_shown()
    {
        Assert.Equal("value -> [log]", Path(new Dictionary<string, object> { ["log"] = _file }));
        Assert.Equal("value -> [5] -> Item1", Path(new Dictionary<int, (Stream, int)> { [5] = (_file, 1) }));
        Assert.Equal("value -> [log]", Path(new OrderedDictionary<string, object> { ["log"] = _file }));
        Assert.Equal("value -> element", Path(new SortedDictionary<string, object> { ["log"] = _file }));
        Assert.Equal("value -> element", Path(new LinkedList<object>([_file])));
        Assert.Equal("value -> [two lines]", Path(new Dictionary<string, object> { ["two\nlines"] = _file }));
        Assert.Equal($"value -> [{new string('x', 40)}…]", Path(new Dictionary<string, object> { [new('x', 1000)] = _file }));
        Assert.Equal("value -> [Rude]", Path(new Dictionary<Rude, object> { [new()] = _file }));
    }

    [Fact]
    public void A_key_is_not_asked_for_its_text_without_need() =>
        Assert.Single(RoundTrip.Of(new Dictionary<Rude, object> { [new()] = 1 }));

    [Fact]
    public void Captured_variables_are_named()
    {
        FileStream log = _file;
        Func<long> inner = Length(log);
        Func<long> outer = () => inner() + 1;

        Assert.Equal("value -> file", Path(inner));
        Assert.Equal("value -> inner -> file", Path(outer));
        foreach (int i in (int[])[1])
        {
            Assert.Equal("value -> log", Path(() => log.Length + i));
        }
    }

    [Fact]
    public void Variables_of_an_iterator_are_named()
    {
        Assert.Equal("value -> stream", Path(Lengths(_file)));
        using IEnumerator<long> iterator = Lengths(_file).GetEnumerator();
        Assert.Equal("value -> stream", Path(iterator));
    }

    [Fact]
    public void Structs_nullables_and_tuples_are_named()
    {
        Assert.Equal("value -> Inner -> Stream", Path(new Outer { Inner = new Holder { Stream = _file } }));
        Assert.Equal("value -> MayBe -> Stream", Path(new Outer { MayBe = new Holder { Stream = _file } }));
        Assert.Equal("value -> Item1 -> Item2", Path(((1, _file), 2)));
        Assert.Equal("value -> Pair", Path(new { Pair = _file }));
        Assert.Equal("value -> text", Path(new Primary(_file)));
    }

    [Fact]
    public void Tuples_are_named_by_their_properties()
    {
        Assert.Equal("value -> Item2", Path(Tuple.Create(1, _file)));
        Assert.Equal("value -> Rest -> Item1", Path(Tuple.Create(1, 2, 3, 4, 5, 6, 7, _file)));
    }

    [Fact]
    public void A_long_way_is_shortened_in_the_message_alone()
    {
        object chain = _file;
        for (int i = 0; i < 10_000; i++)
        {
            chain = new Chain(chain);
        }

        NotShippableException refusal = RoundTrip.Refusal(chain);

        Assert.Equal("value" + string.Concat(Enumerable.Repeat(" -> Next", 10_000)), refusal.Path);
        Assert.InRange(refusal.Message.Length, 500, 1_000);
        Assert.StartsWith("value -> Next -> Next", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Next -> … -> Next", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("-> Next (System.IO.FileStream) cannot", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stream_of_a_reader_is_pointed_at()
    {
        using StreamReader reader = new(_file);
        NotShippableException refusal = RoundTrip.Refusal(new { Log = reader });
        Assert.Equal("value -> Log -> stream", refusal.Path);
        Assert.Equal(typeof(FileStream), refusal.Culprit);
        Assert.Equal(
            "value -> Log -> stream (System.IO.FileStream) cannot be sent to another process: it is open in this process alone. "
            + "Send the path or the address, and open it inside the function.",
            refusal.Message);
    }

    [Fact]
    public void A_stream_that_is_nothing_goes()
    {
        Stream? none = null;
        Assert.True(RoundTrip.Of<Func<bool>>(() => none is null)());
        Assert.Null(RoundTrip.Of(new Holder()).Stream);
    }

    public void Dispose() => _file.Dispose();

    private static string Path(object value) => RoundTrip.Refusal(value).Path;

    private static string Path(Func<long> value) => RoundTrip.Refusal(value).Path;

    private static Func<long> Length(Stream file) => () => file.Length;

    private static IEnumerable<long> Lengths(Stream stream)
    {
        yield return stream.Length;
    }

    private sealed record Chain(object Next);

    private sealed class Owner
    {
        private Log? _log;

        public Log? Log
        {
            get => _log;
            set => _log = value;
        }
    }

    private sealed class Log
    {
        public Stream? Stream { get; init; }
    }

    private sealed class Primary(Stream text)
    {
        public long Length => text.Length;
    }

    private struct Holder
    {
        public Stream? Stream;
    }

    private struct Outer
    {
        public Holder Inner;
        public Holder? MayBe;
    }

    private sealed class Rude
    {
        public override string ToString() => throw new InvalidOperationException("Do not ask.");
    }
}
