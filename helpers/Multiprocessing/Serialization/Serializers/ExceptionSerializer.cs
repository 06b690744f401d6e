using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>An exception: all that it says, and of where it was thrown the text.</summary>
internal sealed class ExceptionSerializer(Type type) : Serializer
{
    private const string TraceField = "_remoteStackTraceString";

    private readonly FieldInfo[] _fields = Array.FindAll(FieldList.Of(type), static field => !SkippedFields.Contains(field));

    public override bool HasBody => true;

    public override void WriteHead(GraphWriter writer, object value)
    {
    }

    public override object ReadHead(GraphReader reader, int id) => RuntimeHelpers.GetUninitializedObject(type);

    public override void WriteBody(GraphWriter writer, object value)
    {
        foreach (FieldInfo field in _fields)
        {
            if (field.DeclaringType == typeof(Exception) && field.Name == TraceField)
            {
                // Who sends an exception by itself tells where it was thrown.
                writer.WriteReference(writer.IsRoot(value) ? null : TraceOf((Exception)value), field);
            }
            else
            {
                writer.WriteField(value, field);
            }
        }
    }

    public override void ReadBody(GraphReader reader, object value)
    {
        foreach (FieldInfo field in _fields)
        {
            reader.ReadField(value, field);
        }
    }

    private static string? TraceOf(Exception exception)
    {
        try
        {
            // The next frames, should it be thrown again, follow on a line of their own.
            return exception.StackTrace is { Length: > 0 } trace ? trace.TrimEnd() + Environment.NewLine : null;
        }
#pragma warning disable CA1031 // The property is code of the exception's own type.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
