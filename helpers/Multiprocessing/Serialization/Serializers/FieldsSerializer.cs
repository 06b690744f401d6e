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

/// <summary>A class instance field by field, private and inherited ones included.</summary>
/// <param name="type">The class.</param>
/// <param name="root">The methods that may be called on the object without being named in code: their code goes along.</param>
internal sealed class ObjectSerializer(Type type, MethodInfo[]? root = null) : FieldsSerializer(type, SkippedFields.Without(FieldList.Of(type)))
{
    public override void WriteHead(GraphWriter writer, object value)
    {
        foreach (MethodInfo method in root ?? [])
        {
            writer.Code.Add(method);
        }
    }
}

/// <summary>A value type field by field. In a box it is an object like any other: what it refers to may refer back to the box.</summary>
internal class StructSerializer(Type type) : FieldsSerializer(type, FieldList.Of(type))
{
    public sealed override void WriteInline(GraphWriter writer, object? value) => WriteBody(writer, value!);

    public sealed override object ReadInline(GraphReader reader)
    {
        object box = ReadHead(reader);
        ReadBody(reader, box);
        return box;
    }
}

/// <summary>A cell's variables or captured locals: those that code reads follow one by one, the rest stays at home.</summary>
internal sealed class ClosureSerializer(Type type) : Serializer
{
    public override bool IsVariableHolder => true;

    public override void WriteHead(GraphWriter writer, object value)
    {
    }

    public override object ReadHead(GraphReader reader) => RuntimeHelpers.GetUninitializedObject(type);
}
