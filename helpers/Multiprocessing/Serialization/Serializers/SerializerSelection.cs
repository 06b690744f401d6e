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

    private static Serializer ForValue(Type type)
    {
        if (type == typeof(nint) || type == typeof(nuint) || !type.IsValueType)
        {
            return new PointerSerializer(type);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return new NullableSerializer(underlying);
        }

        if (RawBits.IsPlain(type))
        {
            return new PlainValueSerializer(type);
        }

        if (BigIntegerSerializer.IsFor(type))
        {
            return new BigIntegerSerializer();
        }

        return UnsendableTypes.AdviceFor(type) is { } advice ? new UnsendableSerializer(type, advice)
            : type.IsDefined(typeof(InlineArrayAttribute), false) ? new UnsendableSerializer(type, "an inline array of references is not supported. Use an array.")
            : EnumeratorSerializer.TrySelect(type) ?? new StructSerializer(type);
    }

    private static Serializer ForObject(Type type)
    {
        if (type == typeof(string))
        {
            return new AtomSerializer<string>(static (w, text) => w.Output.WriteString(text), static r => r.Input.ReadString()!);
        }

        if (type.IsArray)
        {
            Type element = type.GetElementType()!;
            return element.IsPointer || element.IsFunctionPointer ? new PointerArraySerializer(type)
                : RawBits.IsPlain(element) ? new PlainArraySerializer(type)
                : new ElementArraySerializer(type);
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return new DelegateSerializer(type);
        }

        // Before the tables, by the name alone: what a lambda is bound to is among the first objects of a call.
        if (GeneratedNames.IsVariableHolder(type))
        {
            return new ClosureSerializer(type);
        }

        if (typeof(Exception).IsAssignableFrom(type))
        {
            return ExceptionSerializer.For(type);
        }

        if (typeof(ISharedObject).IsAssignableFrom(type))
        {
            return new SharedObjectSerializer(type);
        }

        if (AtomSerializers.TrySelect(type) is { } atom)
        {
            return atom;
        }

        if (typeof(IUnsendable).IsAssignableFrom(type))
        {
            return new UnsendableSerializer(type);
        }

        if (UnsendableTypes.AdviceFor(type) is { } advice)
        {
            return new UnsendableSerializer(type, advice);
        }

        if (CollectionSerializers.TrySelect(type) is { } collection)
        {
            return collection;
        }

        if (EnumeratorSerializer.TrySelect(type) is { } enumerator)
        {
            return enumerator;
        }

        if (UnknownAncestor(type) is { } unknown)
        {
            return new UnsendableSerializer(type, unknown == type
                ? "what this class of .NET keeps inside may mean nothing there. Make it inside the function, from values that can go."
                : $"what its base class {unknown} keeps inside may mean nothing there. Make it inside the function, from values that can go.");
        }

        return new ObjectSerializer(type, GeneratedNames.IsStateMachine(type) ? type.GetMethods(AllDeclared) : null);
    }

    private const BindingFlags AllDeclared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The first class in the line of descent that is .NET's own, has fields, and is not known to be nothing but data.</summary>
    private static Type? UnknownAncestor(Type type)
    {
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            bool known = !FrameworkAssemblies.IsFramework(level.Assembly) || CopyableTypes.Contains(level);
            bool empty = level != type && level.GetFields(AllDeclared).Length == 0;
            if (!known && !empty)
            {
                return level;
            }
        }

        return null;
    }
}
