using System.Numerics;
using System.Text;
using Multiprocessing.Tests.Serialization.Properties.Samples;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Values, boxed where an object is asked for; others may refer to the same box.</summary>
internal sealed partial class GraphBuilder
{
    private object? Value() => Next(4) switch
    {
        0 => null,
        1 => Keep(Text()),
        2 => Keep(Number()),
        _ => Keep(OtherValue()),
    };

    private object Number() => Next(18) switch
    {
        0 => Next(int.MaxValue),
        1 => Next(2) == 1,
        2 => (byte)Next(256),
        3 => (sbyte)Next(256),
        4 => (short)Next(65536),
        5 => (ushort)Next(65536),
        6 => (uint)Bits(),
        7 => Bits(),
        8 => (ulong)Bits(),
        9 => BitConverter.Int32BitsToSingle((int)Bits()),
        10 => BitConverter.Int64BitsToDouble(Bits()),
        11 => BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0000 | Bits()), // Not a number, with something in the rest of its bits.
        12 => BitConverter.Int16BitsToHalf((short)Next(65536)),
        13 => new decimal(Next(int.MaxValue), Next(int.MaxValue), Next(int.MaxValue), Next(2) == 1, (byte)Next(29)),
        14 => new Int128((ulong)Bits(), (ulong)Bits()),
        15 => new BigInteger(Bits()) * Bits() * Next(1000),
        16 => new Complex(BitConverter.Int64BitsToDouble(Bits()), -0.0),
        _ => (nint)0,
    };

    private object OtherValue() => Next(18) switch
    {
        0 => (char)Next(65536),
        1 => new DateTime(Bits() & DateTime.MaxValue.Ticks, (DateTimeKind)Next(3)),
        2 => new DateTimeOffset(Next(int.MaxValue), TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(Next(840))),
        3 => new TimeSpan(Bits()),
        4 => DateOnly.FromDayNumber(Next(3_000_000)),
        5 => new TimeOnly(Bits() & TimeOnly.MaxValue.Ticks),
        6 => new Guid(Next(int.MaxValue), (short)Next(65536), (short)Next(65536), BitConverter.GetBytes(Bits())),
        7 => new Rune(Next(0xD800)),
        8 => new Index(Next(10), Next(2) == 1),
        9 => Next(3)..^Next(3),
        10 => AnyEnum(),
        11 => new Pixel((byte)Next(256), Bits(), (short)Next(65536)),
        12 => new Mark(Text(), Next(100), Any()),
        13 => new Reading
        {
            Value = Next(2) == 1 ? Next(100) : null,
            At = Next(2) == 1 ? new DateTime(Next(1000), DateTimeKind.Local) : null,
            Note = Any(),
            Mark = Next(2) == 1 ? new Mark("n", 1, Any()) : null,
        },
        14 => (Next(100), Text(), Any()),
        15 => (1, "2", Any(), 4L, 5m, '6', 7.0, Any(), (9, Any())),
        16 => KeyValuePair.Create(Any(), Next(10)),
        _ => KeyValuePair.Create(Text(), (Any(), (int?)null)),
    };

    private Enum AnyEnum() => Next(9) switch
    {
        0 => (Enums.OfByte)Next(256),
        1 => (Enums.OfSByte)Next(256),
        2 => (Enums.OfInt16)Next(65536),
        3 => (Enums.OfUInt16)Next(65536),
        4 => (Enums.OfInt32)Bits(),
        5 => (Enums.OfUInt32)Bits(),
        6 => (Enums.OfInt64)Bits(),
        7 => (Enums.OfUInt64)Bits(),
        _ => (DayOfWeek)Next(9),
    };

    /// <summary>Any text, pairs of surrogates torn apart included; never one that is interned, so that two equal ones are two objects.</summary>
    private string Text() => Next(4) switch
    {
        0 => new string('a', Next(4)),
        1 => new StringBuilder().Append("text ").Append(Next(10)).ToString(),
        2 => new string((char)Next(65536), 1 + Next(3)),
        _ => new string([(char)(0xD800 + Next(0x800)), 'x', (char)Next(128), (char)(0xDC00 + Next(0x400)), '한']),
    };
}
