using System.Reflection;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Shipping.Shapes;

namespace Multiprocessing.Shipping.Graph;

/// <summary>Rebuilds a graph that <see cref="GraphWriter"/> wrote. No constructor of the shipped types runs. Not thread-safe.</summary>
internal sealed class GraphReader(PayloadReader input, IAssemblyResolver resolver)
{
    private readonly List<object?> _objects = [];
    private readonly Queue<PendingBody> _bodies = new();
    private readonly List<Action> _simpleCompletions = [];
    private readonly List<Action> _completions = [];

    public PayloadReader Input { get; } = input;

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

        // Those whose keys are plain values come first: other keys may hash such a collection's contents. Of the rest, the later an
        // object was met the deeper it lies, and the inner ones must be whole before the outer ones hash them.
        _simpleCompletions.ForEach(static complete => complete());
        for (int i = _completions.Count - 1; i >= 0; i--)
        {
            _completions[i]();
        }

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
        Shape shape = Shape.Of(Members.ReadType());
        object value = shape.ReadHead(this, id);
        _objects[id] = value;
        if (shape.HasBody)
        {
            _bodies.Enqueue(new PendingBody(value, shape, id));
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
        type.IsValueType || type.IsPointer || type.IsFunctionPointer ? Shape.Of(type).ReadInline(this) : ReadReference();

    /// <summary>Puts off what needs the graph to be whole: filling a collection that hashes its elements.</summary>
    /// <param name="elementType">What is hashed.</param>
    /// <param name="complete">What to do then.</param>
    public void Complete(Type elementType, Action complete) =>
        (elementType.IsPrimitive || elementType.IsEnum || elementType == typeof(string) ? _simpleCompletions : _completions).Add(complete);

    private void ReadBodies()
    {
        while (_bodies.TryDequeue(out PendingBody? next))
        {
            next.Shape.ReadBody(this, next.Value);
        }
    }
}
