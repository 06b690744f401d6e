using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>What a JSON value of <c>System.Text.Json.Nodes</c> holds besides the value: the means to write it.</summary>
internal static class JsonSerializers
{
    /// <summary>A converter of the framework, if it has no state but what its constructor gives it.</summary>
    public static Serializer ForConverter(Type type) =>
        !HasState(type) && type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is { } constructor
        ? new AtomSerializer<object>(static (_, _) => { }, _ => constructor.Invoke(null))
        : new UnsendableSerializer(type, "it belongs to the JSON options of this process. Make it inside the function.");

    private static bool HasState(Type type)
    {
        Type? level = type;
        while (level is not null && !IsBase(level))
        {
            level = level.BaseType;
        }

        return FieldList.Below(type, level ?? typeof(object)).Length > 0;
    }

    /// <summary>The public base classes, whose fields the constructor of a derived class sets.</summary>
    private static bool IsBase(Type type) =>
        type == typeof(JsonConverterFactory) || (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(JsonConverter<>));

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
