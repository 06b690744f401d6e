using System.Diagnostics;
using System.Reflection;
using Multiprocessing.Serialization.Code;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Serialization.Graph;

/// <summary>
/// Writes an object and all that can be reached from it, keeping identity and cycles. Not thread-safe; one instance writes one graph.
/// </summary>
/// <remarks>
/// Breadth first: where a reference stands, a new object is announced with its type and what it takes to allocate it; its contents
/// follow when its turn comes. So the depth of a graph costs no stack, and the reader has every object before it fills any.
/// Of a variable holder (a cell's variables, captured locals) only the variables that the shipped code reads follow, and they follow
/// last, since every delegate met on the way may read more of them.
/// </remarks>
internal sealed class GraphWriter
{
    /// <summary>Only what must exist before what is bound to it, a function bound to a function, is written within another's announcement.</summary>
    private const int DeepestAnnouncement = 500;

    private readonly Dictionary<object, int> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly List<GraphPath.Step> _steps = [];
    private readonly Queue<PendingBody> _bodies = new();
    private readonly List<PendingBody> _holders = [];
    private readonly Queue<PendingVariable> _variables = new();
    private readonly Func<string> _rootName;
    private List<object> _inlineSteps = [];
    private int _current = -1;
    private int _announcements;

    public GraphWriter(PayloadWriter output, Func<string> rootName, SerializationContext context)
    {
        Output = output;
        Members = new MemberWriter(output, context.Notebook, Refuse);
        Code = new ReachableCode(OnVariableFound);
        _rootName = rootName;
    }

    public PayloadWriter Output { get; }

    /// <summary>Where large arrays of bits go that are not to be copied; null to have all in the payload.</summary>
    public List<Attachment>? Attachments { get; init; }

    public MemberWriter Members { get; }

    /// <summary>The code that the graph's delegates can reach.</summary>
    public ReachableCode Code { get; }

    /// <summary>The shared objects that were written, which their serializer adds.</summary>
    public List<ISharedObject> Shared { get; } = [];

    /// <summary>Writes the graph whose root is <paramref name="root"/>.</summary>
    /// <exception cref="NotShippableException">Something in it means nothing in another process.</exception>
    public void Write(object? root)
    {
        Debug.Assert(_ids.Count == 0, "One writer writes one graph.");
        WriteReference(root, null);
        WriteBodies();
        while (_variables.TryDequeue(out PendingVariable? next))
        {
            Output.WriteBoolean(true);
            Output.WriteCount(next.HolderId);
            Members.WriteField(next.Variable);
            _current = next.HolderId;
            WriteField(next.Holder, next.Variable);
            WriteBodies();
        }

        Output.WriteBoolean(false);
    }

    /// <summary>Writes a reference: none, to an object written before, or to a new one.</summary>
    /// <param name="value">The object.</param>
    /// <param name="step">
    /// How one gets here from the object that is being written: a <see cref="FieldInfo"/>, an index, an <see cref="ElementKey"/>, a name, or null.
    /// </param>
    public void WriteReference(object? value, object? step)
    {
        if (value is null)
        {
            Output.WriteCount(0);
            return;
        }

        if (_ids.TryGetValue(value, out int known))
        {
            Output.WriteCount(known + 2);
            return;
        }

        int id = _ids.Count;
        Debug.Assert(_steps.Count == id, "An object's number is also that of the step that led to it.");
        _ids.Add(value, id);
        _steps.Add(new GraphPath.Step(_current, step, _inlineSteps.Count == 0 ? [] : [.. _inlineSteps]));
        Output.WriteCount(1);

        Type type = value.GetType();
        Serializer serializer = Serializer.Of(type);
        Debug.Assert(!serializer.HasBody || !serializer.IsVariableHolder, "The contents of an object follow in one way.");
        int outer = _current;
        List<object> outerSteps = _inlineSteps;
        _current = id;
        if (outerSteps.Count > 0)
        {
            _inlineSteps = [];
        }

        if (++_announcements > DeepestAnnouncement)
        {
            throw Refuse(type, "functions are bound to functions too deep. Use a list of functions.");
        }

        Members.WriteType(type);
        serializer.WriteHead(this, value);
        if (serializer.HasBody)
        {
            _bodies.Enqueue(new PendingBody(value, serializer, id));
        }
        else if (serializer.IsVariableHolder)
        {
            AddHolder(new PendingBody(value, serializer, id));
        }

        Debug.Assert(_current == id && _inlineSteps.Count == 0, "Each announcement leaves the way to its object as it found it.");
        _announcements--;
        _current = outer;
        _inlineSteps = outerSteps;
    }

    /// <summary>Writes a field's value.</summary>
    public void WriteField(object owner, FieldInfo field) => WriteValue(field.GetValue(owner), field.FieldType, field);

    /// <summary>Writes a value of a known type: inline if that is a value type, else as a reference.</summary>
    public void WriteValue(object? value, Type type, object? step)
    {
        if (type.IsValueType || type.IsPointer || type.IsFunctionPointer)
        {
            WriteInline(value, type, step);
        }
        else
        {
            WriteReference(value, step);
        }
    }

    /// <summary>Tells whether the object is the root of the graph.</summary>
    public bool IsRoot(object value) => _ids.TryGetValue(value, out int id) && id == 0;

    /// <summary>The error that says that what is being written cannot go.</summary>
    public NotShippableException Refuse(Type type, string advice)
    {
        IEnumerable<string> steps = GraphPath.Describe(_steps, _current, _inlineSteps);
        return new NotShippableException(string.Join(" -> ", steps.Prepend(_rootName())), type, advice);
    }

    private void WriteInline(object? value, Type type, object? step)
    {
        Serializer serializer = Serializer.Of(type);
        if (step is null || serializer is PlainValueSerializer)
        {
            serializer.WriteInline(this, value);
            return;
        }

        _inlineSteps.Add(step);
        serializer.WriteInline(this, value);
        _inlineSteps.RemoveAt(_inlineSteps.Count - 1);
    }

    private void WriteBodies()
    {
        while (_bodies.TryDequeue(out PendingBody? next))
        {
            Debug.Assert(_announcements == 0 && _inlineSteps.Count == 0, "Contents are written one object at a time.");
            _current = next.Id;
            try
            {
                next.Serializer.WriteBody(this, next.Value);
            }
            catch (PayloadWriter.FullException)
            {
                throw Refuse(next.Value.GetType(), "with it, this is more than 2 GB at once. Send it in parts, or have the function make or read it.");
            }
        }
    }

    private void AddHolder(PendingBody holder)
    {
        _holders.Add(holder);
        AddVariables(holder, Code.Reads);
    }

    private void OnVariableFound(FieldInfo variable) =>
        _holders.ForEach(holder => AddVariables(holder, variable.HasSameMetadataDefinitionAs));

    private void AddVariables(PendingBody holder, Predicate<FieldInfo> isRead)
    {
        foreach (FieldInfo variable in Array.FindAll(FieldList.Of(holder.Value.GetType()), isRead))
        {
            _variables.Enqueue(new PendingVariable(holder.Value, holder.Id, variable));
        }
    }

    // Classes: collections of value types have no code compiled ahead of time.

    /// <summary>An object that has been announced, and whose contents follow.</summary>
    private sealed record PendingBody(object Value, Serializer Serializer, int Id);

    /// <summary>A variable whose value follows at the end.</summary>
    private sealed record PendingVariable(object Holder, int HolderId, FieldInfo Variable);
}
