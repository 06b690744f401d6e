using System.Diagnostics;
using System.Reflection;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Serialization.Graph;

/// <summary>Rebuilds a graph that <see cref="GraphWriter"/> wrote. No constructor of the shipped types runs. Not thread-safe.</summary>
/// <param name="input">The graph.</param>
/// <param name="context">The process's.</param>
/// <param name="resolver">Finds the assemblies that the other process means.</param>
internal sealed class GraphReader(PayloadReader input, SerializationContext context, IAssemblyResolver resolver)
{
    private readonly List<object?> _objects = [];
    private readonly Queue<PendingBody> _bodies = new();
    private HashFillOrder? _fillings;

    public PayloadReader Input { get; } = input;

    public SerializationContext Context => context;

    /// <summary>Where large arrays of bits come from; null if all is in the payload.</summary>
    public IAttachmentSource? Attachments { get; init; }

    public MemberReader Members { get; } = new(input, resolver);

    /// <summary>Reads the graph.</summary>
    /// <returns>Its root.</returns>
    public object? Read()
    {
        Debug.Assert(_objects.Count == 0, "One reader reads one graph.");
        object? root = ReadReference();
        ReadBodies();
        while (Input.ReadBoolean())
        {
            object holder = _objects[Input.ReadCount()]!;
            ReadField(holder, Members.ReadField());
            ReadBodies();
        }

        _fillings?.Run();
        return root;
    }

    public object? ReadReference()
    {
        int code = Input.ReadCount();
        if (code == 0)
        {
            return null;
        }

        if (code > 1)
        {
            object? known = _objects[code - 2];
            Debug.Assert(known is not null, "What an object is allocated with cannot refer to the object.");
            return known;
        }

        int id = _objects.Count;
        _objects.Add(null);
        Serializer serializer = Serializer.Of(Members.ReadType());
        object value = serializer.ReadHead(this);
        _objects[id] = value;
        if (serializer.HasBody)
        {
            _bodies.Enqueue(new PendingBody(value, serializer));
        }

        return value;
    }

    public void ReadField(object owner, FieldInfo field)
    {
        Type type = field.FieldType;
        object? value = ReadValue(type);
        if (!type.IsPointer && !type.IsFunctionPointer)
        {
            field.SetValue(owner, value);
        }
    }

    public object? ReadValue(Type type) =>
        type.IsValueType || type.IsPointer || type.IsFunctionPointer ? Serializer.Of(type).ReadInline(this) : ReadReference();

    /// <summary>Puts off what needs the graph to be whole: filling a collection that hashes its elements.</summary>
    public void FillLater(PendingHashFill collection, Type elementType) => (_fillings ??= new()).Add(collection, elementType);

    private void ReadBodies()
    {
        while (_bodies.TryDequeue(out PendingBody? next))
        {
            next.Serializer.ReadBody(this, next.Value);
        }
    }

    /// <summary>An object that has been allocated, and whose contents follow. A class: collections of value types have no code compiled ahead of time.</summary>
    private sealed record PendingBody(object Value, Serializer Serializer);
}
