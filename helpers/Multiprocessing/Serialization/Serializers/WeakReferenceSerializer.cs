using System.Reflection;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A weak reference: what it refers to, if that still lives.</summary>
/// <remarks>
/// Made by its constructor at once, and told later what it refers to: the runtime's finalizer for it brings the process down where no constructor has
/// run, and a graph that cannot be read to its end leaves what it has made so far to the finalizer.
/// </remarks>
internal sealed class WeakReferenceSerializer(Type type) : Serializer
{
    private const BindingFlags AnyMember = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly PropertyInfo _target = type.GetProperty("Target", AnyMember)!;
    private readonly MethodInfo? _isLong = type.GetMethod("IsTrackResurrection", AnyMember, []);
    private readonly MethodInfo? _setTarget = type.GetMethod("SetTarget", AnyMember);
    private readonly ConstructorInfo _constructor =
        type.GetConstructor([type.IsGenericType ? type.GetGenericArguments()[0] : typeof(object), typeof(bool)])!;

    public override bool HasBody => true;

    public override void WriteHead(GraphWriter writer, object value) => writer.Output.WriteBoolean(_isLong?.Invoke(value, null) is true);

    public override object ReadHead(GraphReader reader, int id) => _constructor.Invoke([null, reader.Input.ReadBoolean()]);

    public override void WriteBody(GraphWriter writer, object value) => writer.WriteReference(_target.GetValue(value), "Target");

    public override void ReadBody(GraphReader reader, object value)
    {
        object? target = reader.ReadReference();
        if (_setTarget is not null)
        {
            _setTarget.Invoke(value, [target]);
        }
        else
        {
            _target.SetValue(value, target);
        }
    }
}
