using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A weak reference: what it refers to, if that still lives.</summary>
/// <remarks>
/// Made by its constructor at once, and told later what it refers to: the runtime's finalizer for it brings the process down where no constructor has
/// run, and a graph that cannot be read to its end leaves what it has made so far to the finalizer.
/// </remarks>
internal abstract class WeakReferenceSerializer : Serializer
{
    public override bool HasBody => true;

    public static Serializer For(Type type) => type.IsGenericType
        ? (Serializer)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(type.GetGenericArguments()))!
        : new Untyped();

    public override void WriteBody(GraphWriter writer, object value) => writer.WriteReference(GetTarget(value), "Target");

    public override void ReadBody(GraphReader reader, object value) => SetTarget(value, reader.ReadReference());

    protected abstract object? GetTarget(object reference);

    protected abstract void SetTarget(object reference, object? target);

    private sealed class Untyped : WeakReferenceSerializer
    {
        public override void WriteHead(GraphWriter writer, object value) => writer.Output.WriteBoolean(((WeakReference)value).TrackResurrection);

        public override object ReadHead(GraphReader reader) => new WeakReference(null, reader.Input.ReadBoolean());

        protected override object? GetTarget(object reference) => ((WeakReference)reference).Target;

        protected override void SetTarget(object reference, object? target) => ((WeakReference)reference).Target = target;
    }

    /// <summary>One of these does not tell whether it follows its target through its finalizer; the copy's target is new, and has none behind it.</summary>
    private sealed class Typed<T> : WeakReferenceSerializer
        where T : class
    {
        public override void WriteHead(GraphWriter writer, object value)
        {
        }

        public override object ReadHead(GraphReader reader) => new WeakReference<T>(null!);

        protected override object? GetTarget(object reference) => ((WeakReference<T>)reference).TryGetTarget(out T? target) ? target : null;

        protected override void SetTarget(object reference, object? target) => ((WeakReference<T>)reference).SetTarget((T)target!);
    }
}
