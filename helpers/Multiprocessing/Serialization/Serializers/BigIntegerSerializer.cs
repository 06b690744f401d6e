using System.Numerics;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>An integer of any size, as its bytes. Since .NET 11 its field is an array of native-sized integers, which would be taken for addresses.</summary>
internal sealed class BigIntegerSerializer : Serializer
{
    /// <summary>Tells whether the type is the one, without a look at its assembly, which most programs never load.</summary>
    public static bool IsFor(Type type) => type is { Name: "BigInteger", Namespace: "System.Numerics" } && IsSame(type);

    public override void WriteHead(GraphWriter writer, object value) => WriteInline(writer, value);

    public override object ReadHead(GraphReader reader) => ReadInline(reader);

    public override void WriteInline(GraphWriter writer, object? value)
    {
        byte[] bytes = ((BigInteger)value!).ToByteArray();
        writer.Output.WriteCount(bytes.Length);
        writer.Output.WriteBytes(bytes);
    }

    public override object ReadInline(GraphReader reader) => new BigInteger(reader.Input.ReadBytes(reader.Input.ReadCount()));

    private static bool IsSame(Type type) => type == typeof(BigInteger);
}
