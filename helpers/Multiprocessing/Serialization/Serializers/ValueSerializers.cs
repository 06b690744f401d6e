using System.Numerics;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>Values that are nothing but bits: numbers, enums, DateTime, Guid, structs of such.</summary>
internal sealed class PlainValueSerializer(Type type) : Serializer
{
    private readonly int _size = RuntimeHelpers.SizeOf(type.TypeHandle);

    public override void WriteInline(GraphWriter writer, object? value) => writer.Output.WriteBytes(RawBits.OfBox(value!, _size));

    public override object ReadInline(GraphReader reader)
    {
        object box = RuntimeHelpers.GetUninitializedObject(type);
        reader.Input.ReadBytes(_size).CopyTo(RawBits.OfBox(box, _size));
        return box;
    }
}

/// <summary>A nullable value type where it stands; boxed, it is its value type.</summary>
internal sealed class NullableSerializer(Type valueType) : Serializer
{
    public override void WriteInline(GraphWriter writer, object? value)
    {
        writer.Output.WriteBoolean(value is not null);
        if (value is not null)
        {
            Of(valueType).WriteInline(writer, value);
        }
    }

    public override object? ReadInline(GraphReader reader) => reader.Input.ReadBoolean() ? Of(valueType).ReadInline(reader) : null;
}

/// <summary>An integer of any size, as its bytes. Since .NET 11 its field is an array of native-sized integers, which would be taken for addresses.</summary>
internal sealed class BigIntegerSerializer : Serializer
{
    /// <summary>Tells whether the type is the one, without a look at its assembly, which most programs never load.</summary>
    public static bool IsFor(Type type) => type is { Name: "BigInteger", Namespace: "System.Numerics" } && IsSame(type);

    public override void WriteInline(GraphWriter writer, object? value)
    {
        byte[] bytes = ((BigInteger)value!).ToByteArray();
        writer.Output.WriteCount(bytes.Length);
        writer.Output.WriteBytes(bytes);
    }

    public override object ReadInline(GraphReader reader) => new BigInteger(reader.Input.ReadBytes(reader.Input.ReadCount()));

    private static bool IsSame(Type type) => type == typeof(BigInteger);
}
