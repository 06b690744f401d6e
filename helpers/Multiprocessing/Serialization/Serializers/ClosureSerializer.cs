using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A cell's variables or captured locals: those that code reads follow one by one, the rest stays at home.</summary>
internal sealed class ClosureSerializer(Type type) : Serializer
{
    public override bool IsVariableHolder => true;

    public override void WriteHead(GraphWriter writer, object value)
    {
    }

    public override object ReadHead(GraphReader reader) => RuntimeHelpers.GetUninitializedObject(type);
}
