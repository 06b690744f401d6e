using System.Reflection;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

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
