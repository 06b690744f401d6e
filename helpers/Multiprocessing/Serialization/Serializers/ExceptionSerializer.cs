using System.Reflection;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>An exception: all that it says, and of where it was thrown the text.</summary>
internal sealed class ExceptionSerializer(Type type) : FieldsSerializer(type, SkippedFields.Without(FieldList.Of(type)))
{
    private const string TraceField = "_remoteStackTraceString";

    /// <summary>The serializer for a class of exceptions. In a version of .NET that keeps elsewhere what an exception says, it would go without that.</summary>
    public static Serializer For(Type type) => SkippedFields.MissingText is { } missing
        ? new UnsendableSerializer(type, $"an exception of .NET {Environment.Version} has no {missing}, and would not say the same there. Send its ToString().")
        : new ExceptionSerializer(type);

    protected override void WriteField(GraphWriter writer, object value, FieldInfo field)
    {
        if (field.DeclaringType == typeof(Exception) && field.Name == TraceField)
        {
            // The root is the error of a call. Its trace is sent beside it, and set on the copy, which must have none before.
            writer.WriteReference(writer.IsRoot(value) ? null : TraceOf((Exception)value), field);
        }
        else
        {
            base.WriteField(writer, value, field);
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
