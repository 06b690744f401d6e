using System.Runtime.CompilerServices;
using Multiprocessing.Memory;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>An object in shared memory: its name goes, and the other process maps the same memory.</summary>
internal sealed class SharedObjectSerializer(Type type) : Serializer
{
    public override void WriteHead(GraphWriter writer, object value)
    {
        ISharedObject shared = (ISharedObject)value;
        Segment segment = shared.Segment
            ?? throw writer.Refuse(type, "it has been disposed of. Dispose of a shared object when it need not be sent any more.");
        writer.Output.WriteString(segment.Ship());
        writer.Shared.Add(shared);
    }

    public override object ReadHead(GraphReader reader)
    {
        Segment segment = reader.Context.Memory.Open(reader.Input.ReadString()!);
        object value = RuntimeHelpers.GetUninitializedObject(type);
        ((ISharedObject)value).Attach(segment, reader.Context);
        return value;
    }
}
