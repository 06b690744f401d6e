using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A weak reference: what it refers to, if that still lives. Every <c>GeneratedRegex</c> holds one.</summary>
/// <remarks>
/// Made by its constructor at once, and told later what it refers to: the runtime's finalizer for it brings the process down where no
/// constructor has run, and a graph that cannot be read to its end leaves what it has made so far to the finalizer. One of a type parameter
/// does not tell whether it follows its target through its finalizer; the copy's target is new, and has none behind it.
/// </remarks>
internal sealed class WeakReferenceSerializer(Type type) : Serializer
{
    public override bool HasBody => true;

    public override void WriteHead(GraphWriter writer, object value) =>
        writer.Output.WriteBoolean(value is WeakReference { TrackResurrection: true });

    public override object ReadHead(GraphReader reader)
    {
        bool follows = reader.Input.ReadBoolean();
        return type.IsGenericType ? Activator.CreateInstance(type, [null])! : new WeakReference(null, follows);
    }

    public override void WriteBody(GraphWriter writer, object value)
    {
        object?[] target = [(value as WeakReference)?.Target];
        if (type.IsGenericType)
        {
            type.GetMethod("TryGetTarget")!.Invoke(value, target);
        }

        writer.WriteReference(target[0], "Target");
    }

    public override void ReadBody(GraphReader reader, object value)
    {
        object? target = reader.ReadReference();
        if (value is WeakReference weak)
        {
            weak.Target = target;
        }
        else
        {
            type.GetMethod("SetTarget")!.Invoke(value, [target]);
        }
    }
}
