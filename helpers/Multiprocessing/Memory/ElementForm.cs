using System.Reflection;

namespace Multiprocessing.Memory;

/// <summary>What the elements of an array in shared memory are, so that programs that know each other by a name alone do not take one for another.</summary>
/// <param name="Kind">Of a number, which (<see cref="TypeCode"/>, an enum's is that of its number); else <see cref="TypeCode.Object"/>.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="Layout">Tells structs apart by the numbers that they consist of, in their order, and not by name: a struct of a notebook cell and one of a program may be the same.</param>
internal readonly record struct ElementForm(TypeCode Kind, int Size, long Layout)
{
    private const ulong HashBasis = 14695981039346656037;
    private const ulong HashPrime = 1099511628211;

    public static ElementForm Of(Type type, int size)
    {
        ulong hash = HashBasis;
        Add(type, ref hash);
        return new ElementForm(Type.GetTypeCode(type), size, (long)hash);
    }

    public override string ToString() => Kind == TypeCode.Object ? $"structs of {Size} bytes" : Kind.ToString();

    private static void Add(Type type, ref ulong hash)
    {
        TypeCode kind = Type.GetTypeCode(type);

        // The 128-bit numbers and Half are structs of one or two others, as any.
        if (kind != TypeCode.Object && kind != TypeCode.DateTime && kind != TypeCode.Decimal)
        {
            Add((byte)kind, ref hash);
            return;
        }

        Add((byte)'{', ref hash);
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Add(field.FieldType, ref hash);
        }

        Add((byte)'}', ref hash);
    }

    private static void Add(byte part, ref ulong hash) => hash = unchecked((hash ^ part) * HashPrime);
}
