using System.Reflection;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>Comparers that exist once in a process, and that collections recognise by identity.</summary>
internal static class ComparerSerializers
{
    private static readonly StringComparer[] Ordinals = [StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase];

    public static Serializer? TrySelect(Type type)
    {
        if (type.Assembly != typeof(object).Assembly)
        {
            return null;
        }

        if (Array.Find(Ordinals, ordinal => ordinal.GetType() == type) is { } comparer)
        {
            return new AtomSerializer<object>(static (_, _) => { }, _ => comparer);
        }

        if (type == typeof(ReferenceEqualityComparer))
        {
            return new AtomSerializer<object>(static (_, _) => { }, static _ => ReferenceEqualityComparer.Instance);
        }

        // The default comparers are classes without fields; one made of a function has a field, and is an object like any other.
        bool hasState = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Length > 0;
        if (hasState || type.Namespace != "System.Collections.Generic")
        {
            return null;
        }

        for (Type? level = type.BaseType; level is not null; level = level.BaseType)
        {
            if (level.IsConstructedGenericType && level.GetGenericTypeDefinition() is { } definition
                && (definition == typeof(EqualityComparer<>) || definition == typeof(Comparer<>)))
            {
                PropertyInfo theDefault = level.GetProperty("Default", BindingFlags.Public | BindingFlags.Static)!;
                return new AtomSerializer<object>(static (_, _) => { }, _ => theDefault.GetValue(null)!);
            }
        }

        return null;
    }
}
