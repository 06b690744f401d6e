using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Serialization.Code;
using Multiprocessing.Serialization.Serializers.Collections;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>Decides how a type goes. What is not known to survive the journey is refused, never guessed at.</summary>
internal static class SerializerSelection
{
    public static Serializer Select(Type type) => type.IsValueType || type.IsPointer || type.IsFunctionPointer ? ForValue(type) : ForObject(type);

    private static Serializer ForValue(Type type) =>
        type == typeof(nint) || type == typeof(nuint) || !type.IsValueType ? new PointerSerializer(type)
        : Nullable.GetUnderlyingType(type) is { } underlying ? new NullableSerializer(underlying)
        : RawBits.IsPlain(type) ? new PlainValueSerializer(type)
        : BigIntegerSerializer.IsFor(type) ? new BigIntegerSerializer()
        : UnsendableTypes.AdviceFor(type) is { } advice ? new UnsendableSerializer(type, advice)
        : type.IsDefined(typeof(InlineArrayAttribute), false) ? new UnsendableSerializer(type, "an inline array of references is not supported. Use an array.")
        : EnumeratorSerializer.TrySelect(type) ?? new StructSerializer(type);

    // A closure before the tables, by the name alone: what a lambda is bound to is among the first objects of a call.
    private static Serializer ForObject(Type type) =>
        type == typeof(string) ? new AtomSerializer<string>(static (w, text) => w.Output.WriteString(text), static r => r.Input.ReadString()!)
        : type.IsArray ? ForArray(type, type.GetElementType()!)
        : typeof(Delegate).IsAssignableFrom(type) ? new DelegateSerializer(type)
        : GeneratedNames.IsVariableHolder(type) ? new ClosureSerializer(type)
        : typeof(Exception).IsAssignableFrom(type) ? ExceptionSerializer.For(type)
        : typeof(ISharedObject).IsAssignableFrom(type) ? new SharedObjectSerializer(type)
        : AtomSerializers.TrySelect(type) is { } atom ? atom
        : typeof(IUnsendable).IsAssignableFrom(type) ? new UnsendableSerializer(type)
        : UnsendableTypes.AdviceFor(type) is { } advice ? new UnsendableSerializer(type, advice)
        : CollectionSerializers.TrySelect(type) ?? EnumeratorSerializer.TrySelect(type) ?? ForFields(type);

    private static Serializer ForArray(Type type, Type element) =>
        element.IsPointer || element.IsFunctionPointer ? new PointerArraySerializer(type)
        : RawBits.IsPlain(element) ? new PlainArraySerializer(type)
        : new ElementArraySerializer(type);

    private static Serializer ForFields(Type type)
    {
        if (UnknownAncestor(type) is { } unknown)
        {
            string what = unknown == type ? "this class of .NET" : $"its base class {unknown}";
            return new UnsendableSerializer(
                type, $"what {what} keeps inside may mean nothing there. Make it inside the function, from values that can go.");
        }

        return new ObjectSerializer(type, GeneratedNames.IsStateMachine(type) ? type.GetMethods(AllDeclared) : null);
    }

    private const BindingFlags AllDeclared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The first class in the line of descent that is .NET's own, has fields, and is not known to be nothing but data.</summary>
    private static Type? UnknownAncestor(Type type)
    {
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            bool known = !KnownAssemblies.IsFramework(level.Assembly) || CopyableTypes.Contains(level);
            bool empty = level != type && level.GetFields(AllDeclared).Length == 0;
            if (!known && !empty)
            {
                return level;
            }
        }

        return null;
    }
}
