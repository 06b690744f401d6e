using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>How the values of one type are written and rebuilt. Both sides derive it from the type alone. Immutable, thread-safe.</summary>
internal abstract class Serializer
{
    private static readonly ConditionalWeakTable<Type, Serializer> Cache = [];

    /// <summary>Contents follow when the object's turn comes.</summary>
    public virtual bool HasBody => false;

    /// <summary>Contents are variables, and only those that code reads follow.</summary>
    public virtual bool IsVariableHolder => false;

    public static Serializer Of(Type type) => Cache.GetValue(type, SerializerSelection.Select);

    /// <summary>Writes what it takes to allocate the object; of a value in a box, unless it is overridden, the value.</summary>
    public virtual void WriteHead(GraphWriter writer, object value) => WriteInline(writer, value);

    /// <summary>Allocates the object.</summary>
    public virtual object ReadHead(GraphReader reader) => ReadInline(reader)!;

    public virtual void WriteBody(GraphWriter writer, object value)
    {
    }

    public virtual void ReadBody(GraphReader reader, object value)
    {
    }

    /// <summary>Writes a value of a value type where it stands; <see langword="null"/> for an empty nullable or a null pointer.</summary>
    public virtual void WriteInline(GraphWriter writer, object? value) => throw new InvalidOperationException($"{GetType().Name} is not for values.");

    public virtual object? ReadInline(GraphReader reader) => throw new InvalidOperationException($"{GetType().Name} is not for values.");
}
