using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A class instance field by field, private and inherited ones included.</summary>
/// <param name="type">The class.</param>
/// <param name="root">Every method that somebody may call on the object without naming it: its code goes along.</param>
internal sealed class ObjectSerializer(Type type, MethodInfo[]? root = null) : Serializer
{
    private readonly FieldInfo[] _fields = Array.FindAll(FieldList.Of(type), static field => !SkippedFields.Contains(field));

    public override bool HasBody => true;

    public override void WriteHead(GraphWriter writer, object value)
    {
        foreach (MethodInfo method in root ?? [])
        {
            writer.Code.Add(method);
        }
    }

    public override object ReadHead(GraphReader reader, int id) => RuntimeHelpers.GetUninitializedObject(type);

    public override void WriteBody(GraphWriter writer, object value)
    {
        foreach (FieldInfo field in _fields)
        {
            writer.WriteField(value, field);
        }
    }

    public override void ReadBody(GraphReader reader, object value)
    {
        foreach (FieldInfo field in _fields)
        {
            reader.ReadField(value, field);
        }
    }
}
