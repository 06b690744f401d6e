using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>A weak reference: what it refers to, if that still lives.</summary>
internal sealed class WeakReferenceShape(Type type) : Shape
{
    private const BindingFlags AnyMember = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly PropertyInfo _target = type.GetProperty("Target", AnyMember)!;
    private readonly MethodInfo? _isLong = type.GetMethod("IsTrackResurrection", AnyMember, []);
    private readonly ConstructorInfo _constructor =
        type.GetConstructor([type.IsGenericType ? type.GetGenericArguments()[0] : typeof(object), typeof(bool)])!;

    public override bool HasBody => true;

    public override void WriteHead(GraphWriter writer, object value)
    {
    }

    public override object ReadHead(GraphReader reader, int id) => RuntimeHelpers.GetUninitializedObject(type);

    public override void WriteBody(GraphWriter writer, object value)
    {
        writer.Output.WriteBoolean(_isLong?.Invoke(value, null) is true);
        writer.WriteReference(_target.GetValue(value), "Target");
    }

    public override void ReadBody(GraphReader reader, object value)
    {
        bool isLong = reader.Input.ReadBoolean();
        _constructor.Invoke(value, [reader.ReadReference(), isLong]);
    }
}
