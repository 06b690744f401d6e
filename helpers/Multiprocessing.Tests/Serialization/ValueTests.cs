using System.Net;
using System.Numerics;
using System.Text;

namespace Multiprocessing.Tests.Serialization;

public class ValueTests
{
    public static TheoryData<object> Values =>
    [
        true, (byte)200, (sbyte)-100, 'x', (short)-30_000, (ushort)60_000, int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue,
        float.Epsilon, double.NaN, double.NegativeZero, 79228162514264337593543950335m, 1.10m, (Half)1.5, Int128.MinValue, UInt128.MaxValue,
        BigInteger.Pow(-123456789, 5), BigInteger.Zero, new Complex(1, -2), new Vector3(1, 2, 3), Matrix4x4.Identity,
        Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), new Rune(0x1F600), new Index(3, true), 1..^2, new Version(1, 2, 3, 4), new Version(1, 0),
        new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc), new DateTime(5, DateTimeKind.Local), DateTime.MaxValue,
        new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(9)), new DateOnly(2024, 2, 29), new TimeOnly(23, 59), TimeSpan.MinValue,
        DayOfWeek.Friday, IPAddress.Parse("10.0.0.1"), IPAddress.IPv6Loopback, IPAddress.Loopback, new IPEndPoint(IPAddress.Any, 80),
        IPNetwork.Parse("10.0.0.0/8"), new Uri("https://example.org/ü?q=1#x"), new Uri("../up", UriKind.Relative), new Uri("/etc", UriKind.RelativeOrAbsolute),
        DBNull.Value, CancellationToken.None, ConsoleColor.Red, new KeyValuePair<string, int>("a", 1),
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_goes(object value)
    {
        object copy = RoundTrip.Of(value);
        Assert.Equal(value, copy);
        Assert.Equal(value.ToString(), copy.ToString());
        Assert.IsType(value.GetType(), copy);
    }

    [Fact]
    public void The_kind_of_a_date_goes()
    {
        DateTime[] dates = [new(1, DateTimeKind.Utc), new(1, DateTimeKind.Local), new(1, DateTimeKind.Unspecified)];
        Assert.Equal(dates.Select(d => d.Kind), RoundTrip.Of(dates).Select(d => d.Kind));
    }

    [Fact]
    public void Enums_of_every_size_go()
    {
        object[] enums = [Tiny.Last, Signed.First, Small.Last, Usual.First, Large.Last, Unsigned.Last, (Usual)77];
        Assert.Equal(enums, RoundTrip.Of(enums));
    }

    [Fact]
    public void Nullables_go()
    {
        Nullables value = new()
        {
            Number = 5, NoNumber = null, Pair = (1, "one"), NoPair = null, Date = DateTime.UnixEpoch, Deep = new Outer { Inner = new Inner { Text = "t" } },
        };

        Nullables copy = RoundTrip.Of(value);

        Assert.Equal((5, null, (1, "one"), null, DateTime.UnixEpoch, "t"),
            (copy.Number, copy.NoNumber, copy.Pair, copy.NoPair, copy.Date, copy.Deep?.Inner?.Text));
        Assert.Equal([1, null, 3], RoundTrip.Of<int?[]>([1, null, 3]));
        Assert.Equal([(1, "x"), null], RoundTrip.Of<(int, string)?[]>([(1, "x"), null]));
    }

    [Fact]
    public void Native_sized_numbers_go_only_if_they_cannot_be_addresses()
    {
        Assert.Equal(0, RoundTrip.Of<nint>(0));
        Assert.Contains("use long", RoundTrip.Refusal((nint)5).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Integers_of_any_size_go_wherever_they_stand()
    {
        BigInteger[] numbers = [0, -1, int.MinValue, uint.MaxValue, long.MinValue, (BigInteger)ulong.MaxValue + 1, BigInteger.Pow(-7, 50_000)];

        Assert.Equal(numbers, RoundTrip.Of(numbers));
        Assert.Equal(numbers.Cast<object>(), RoundTrip.Of(numbers.Cast<object>().ToArray()));
        Assert.Equal([null, numbers[^1]], RoundTrip.Of<BigInteger?[]>([null, numbers[^1]]));
        Assert.Equal((1, numbers[^1]), RoundTrip.Of((1, numbers[^1])));
        Assert.Equal(2, RoundTrip.Of(new Dictionary<BigInteger, int> { [numbers[^1]] = 2 })[numbers[^1]]);
        Assert.Equal(numbers[^1] + 1, RoundTrip.Of(() => numbers[^1] + 1)());
    }

    [Fact]
    public void Unsafe_structs_go()
    {
        Unsafes copy = RoundTrip.Of(Unsafes.Make());
        Assert.Equal(("u", 10, 40), copy.Read());
        Assert.Equal(3, RoundTrip.Of(new Row())[0] + 3);
        Row row = new();
        row[1] = 7;
        Assert.Equal(7, RoundTrip.Of(row)[1]);
        Assert.Contains("Use an array", RoundTrip.Refusal(new Names()).Message, StringComparison.Ordinal);
    }

    private enum Tiny : byte { Last = 255 }

    private enum Signed : sbyte { First = -128 }

    private enum Small : ushort { Last = 65535 }

    private enum Usual { First = int.MinValue }

    private enum Large : long { Last = long.MaxValue }

    private enum Unsigned : ulong { Last = ulong.MaxValue }

    private sealed class Nullables
    {
        public int? Number;
        public int? NoNumber;
        public (int, string)? Pair;
        public (int, string)? NoPair;
        public DateTime? Date { get; init; }
        public Outer? Deep;
    }

    private struct Outer
    {
        public Inner? Inner;
    }

    private struct Inner
    {
        public string Text;
    }

    private unsafe struct Unsafes
    {
        private fixed int _numbers[5];
        private int* _none;
        private string _text;

        public static Unsafes Make()
        {
            Unsafes made = new() { _text = "u" };
            made._numbers[1] = 10;
            made._numbers[4] = 40;
            return made;
        }

        public readonly (string, int, int) Read() => _none == null ? (_text, _numbers[1], _numbers[4]) : default;
    }

    [System.Runtime.CompilerServices.InlineArray(3)]
    private struct Row
    {
        private int _first;
    }

    [System.Runtime.CompilerServices.InlineArray(3)]
    private struct Names
    {
        private string? _first;
    }
}
