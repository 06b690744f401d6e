using System.Runtime.CompilerServices;
using System.Text;

namespace NotebookRunner.Kernels.Embedded.Values;

/// <summary>Types as C# writes them, without their namespaces.</summary>
internal static class CSharpTypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(char)] = "char", [typeof(string)] = "string",
        [typeof(object)] = "object", [typeof(void)] = "void",
    };

    /// <summary>Writes a type.</summary>
    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsArray)
            return OfArray(type);
        if (type.IsPointer || type.IsByRef)
            return Of(type.GetElementType()!) + (type.IsPointer ? "*" : "");
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying) + "?";
        if (type.IsGenericParameter || type.IsFunctionPointer)
            return type.Name.Length > 0 ? type.Name : "delegate*";
        if (typeof(ITuple).IsAssignableFrom(type) && type.IsValueType && type is { IsConstructedGenericType: true, Namespace: nameof(System) } && type.GenericTypeArguments.Length > 1)
            return $"({string.Join(", ", TupleElements(type).Select(Of))})";
        if (type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal))
            return $"<anonymous type: {string.Join(", ", type.GetProperties().Select(property => $"{Of(property.PropertyType)} {property.Name}"))}>";
        return OfNamed(type);
    }

    /// <summary>Whether a type was declared in a cell: it lies in the class that the compiler makes of the cell.</summary>
    public static bool IsOfCell(Type type) =>
        type.DeclaringType is { } outer && (outer.Name.StartsWith("Submission#", StringComparison.Ordinal) || IsOfCell(outer));

    // The first brackets are those of the outermost array.
    private static string OfArray(Type type)
    {
        var brackets = new StringBuilder();
        for (; type.IsArray; type = type.GetElementType()!)
            brackets.Append('[').Append(',', type.GetArrayRank() - 1).Append(']');
        return Of(type) + brackets;
    }

    private static Type[] TupleElements(Type tuple) =>
        tuple.GenericTypeArguments is [.. var first, var rest] && first.Length == 7
            ? [.. first, .. TupleElements(rest)]
            : tuple.GenericTypeArguments;

    // A nested type has the type arguments of those around it, too.
    private static string OfNamed(Type type)
    {
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var names = new Stack<Type>();
        for (var each = type; each is not null && !each.Name.StartsWith("Submission#", StringComparison.Ordinal); each = each.DeclaringType)
            names.Push(each);
        return string.Join('.', names.Select(each =>
        {
            int tick = each.Name.IndexOf('`', StringComparison.Ordinal);
            if (tick < 0)
                return each.Name;
            int count = int.Parse(each.Name.AsSpan(tick + 1), System.Globalization.CultureInfo.InvariantCulture);
            return $"{each.Name[..tick]}<{string.Join(", ", Enumerable.Range(0, count).Select(_ => Of(arguments.Dequeue())))}>";
        }));
    }
}
