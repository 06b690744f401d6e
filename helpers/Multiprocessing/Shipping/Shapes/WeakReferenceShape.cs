using System.Reflection;
using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>A weak reference: what it refers to, if that still lives.</summary>
internal sealed class WeakReferenceShape(Type type) : Shape
{
    private readonly PropertyInfo? _target = type.GetProperty("Target", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    public override void WriteHead(GraphWriter writer, object value) => writer.WriteReference(_target!.GetValue(value), "Target");

    public override object ReadHead(GraphReader reader, int id) => Activator.CreateInstance(type, reader.ReadReference())!;
}
