using System.Reflection;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Serialization.Graph;

/// <summary>Rebuilds a graph that <see cref="GraphWriter"/> wrote. No constructor of the shipped types runs. Not thread-safe.</summary>
internal sealed class GraphReader(PayloadReader input, IAssemblyResolver resolver)
{
    private readonly List<object?> _objects = [];
    private readonly Queue<PendingBody> _bodies = new();
    private readonly HashFillOrder _fillings = new();

    public PayloadReader Input { get; } = input;

    /// <summary>Where large arrays of bits come from; null if all is in the payload.</summary>
    public IAttachmentSource? Attachments { get; init; }

    public MemberReader Members { get; } = new(input, resolver);

    /// <summary>The root of the graph.</summary>
    public object? Read()
    {
        object? root = ReadReference();
        ReadBodies();
        while (Input.ReadBoolean())
        {
            object holder = _objects[Input.ReadCount()]!;
            ReadField(holder, Members.ReadField());
            ReadBodies();
        }

        _fillings.Run();
        return root;
    }

    public object? ReadReference()
    {
        int code = Input.ReadCount();
        if (code != 1)
        {
            return code == 0 ? null : _objects[code - 2];
        }

        int id = _objects.Count;
        _objects.Add(null);
        Serializer serializer = Serializer.Of(Members.ReadType());
        object value = serializer.ReadHead(this, id);
        _objects[id] = value;
        if (serializer.HasBody)
        {
            _bodies.Enqueue(new PendingBody(value, serializer));
        }

        return value;
    }

    /// <summary>Makes an object known before its head is read to the end, since the rest may refer to it.</summary>
    public void Register(int id, object value) => _objects[id] = value;

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
    public void FillLater(PendingHashFill collection, Type elementType) => _fillings.Add(collection, elementType);

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
