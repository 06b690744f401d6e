using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>An object that is allocated without a constructor, and whose fields follow when its turn comes.</summary>
/// <param name="type">The type.</param>
/// <param name="fields">Those that go.</param>
internal abstract class FieldsSerializer(Type type, FieldInfo[] fields) : Serializer
{
    public override bool HasBody => true;

    public override void WriteHead(GraphWriter writer, object value)
    {
    }

    public override object ReadHead(GraphReader reader) => RuntimeHelpers.GetUninitializedObject(type);

    public override void WriteBody(GraphWriter writer, object value)
    {
        foreach (FieldInfo field in fields)
        {
            WriteField(writer, value, field);
        }
    }

    public override void ReadBody(GraphReader reader, object value)
    {
        foreach (FieldInfo field in fields)
        {
            reader.ReadField(value, field);
        }
    }

    protected virtual void WriteField(GraphWriter writer, object value, FieldInfo field) => writer.WriteField(value, field);
}
