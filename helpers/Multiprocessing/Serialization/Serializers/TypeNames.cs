namespace Multiprocessing.Serialization.Serializers;

/// <summary>
/// Looks types up by name: to ask for a type by <c>typeof</c> loads its assembly, and a function that has nothing to do with sockets or XML should not
/// have to wait for that.
/// </summary>
internal static class TypeNames
{
    /// <summary>The name of a type, or of the generic type that it is made of.</summary>
    public static string Of(Type type) => (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name;

    /// <summary>Finds the entry for the nearest class in the line of descent that has one.</summary>
    public static bool TryFind<T>(this Dictionary<string, T> entries, Type type, out Type found, out T? entry)
        where T : class
    {
        for (Type? level = type; level is not null; level = level.BaseType)
        {
            if (entries.TryGetValue(Of(level), out entry))
            {
                found = level;
                return true;
            }
        }

        found = type;
        entry = null;
        return false;
    }
}
