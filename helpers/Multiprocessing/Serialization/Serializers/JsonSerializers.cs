using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>What a JSON value of <c>System.Text.Json.Nodes</c> holds besides the value: the means to write it.</summary>
internal static class JsonSerializers
{
    /// <summary>A converter of the framework; it has no state but what its constructor gives it.</summary>
    public static Serializer ForConverter(Type type) => type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is { } constructor
        ? new AtomSerializer<object>(static (_, _) => { }, _ => constructor.Invoke(null))
        : new UnsendableSerializer(type, "it belongs to the JSON options of this process. Make it inside the function.");

    /// <summary>The usual way to write a type.</summary>
    public static Serializer ForTypeInfo() => new AtomSerializer<JsonTypeInfo>(
        static (w, info) =>
        {
            if (info.Options != JsonSerializerOptions.Default)
            {
                throw w.Refuse(info.GetType(), "JSON options are not sent. Send the value, or the JSON as text.");
            }

            w.Members.WriteType(info.Type);
        },
        static r => JsonSerializerOptions.Default.GetTypeInfo(r.Members.ReadType()));
}
