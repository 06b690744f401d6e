using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Dictionaries;

/// <summary>Keys that are structs of numbers and text, field by field.</summary>
internal static class KeyFields
{
    /// <summary>The bytes of a type's numbers, without gaps between them.</summary>
    public static int SizeOf(Type type) => type.IsEnum ? SizeOf(type.GetEnumUnderlyingType()) : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean or TypeCode.SByte or TypeCode.Byte => 1,
        TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
        TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 8,
        _ => Fields(type).Sum(static field => SizeOf(field.FieldType)),
    };

    /// <summary>What in a type cannot be in a key; null if nothing.</summary>
    public static Type? FindCulprit(Type type)
    {
        if (type == typeof(string) || type.IsPrimitive || type.IsEnum)
        {
            return type == typeof(nint) || type == typeof(nuint) ? type : null;
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return FindCulprit(inner);
        }

        // Of several elements that are one field nothing is known by reflection.
        bool isOfFields = type.IsValueType && !type.IsByRefLike && !type.IsDefined(typeof(InlineArrayAttribute)) && !Array.Exists(Fields(type), static field => field.IsDefined(typeof(FixedBufferAttribute)));
        return isOfFields ? Fields(type).Select(static field => FindCulprit(field.FieldType)).FirstOrDefault(static culprit => culprit is not null) : type;
    }

    public static void Write(PayloadWriter writer, Type type, object? value)
    {
        if (type == typeof(string))
        {
            writer.WriteString((string?)value);
        }
        else if (type.IsPrimitive || type.IsEnum)
        {
            writer.WriteBytes(RawBits.OfBox(value!, SizeOf(type)));
        }
        else if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            writer.WriteBoolean(value is not null);
            if (value is not null)
            {
                Write(writer, inner, value);
            }
        }
        else
        {
            foreach (FieldInfo field in Fields(type))
            {
                Write(writer, field.FieldType, field.GetValue(value));
            }
        }
    }

    public static object? Read(PayloadReader reader, Type type)
    {
        if (type == typeof(string))
        {
            return reader.ReadString();
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return reader.ReadBoolean() ? Read(reader, inner) : null;
        }

        object value = RuntimeHelpers.GetUninitializedObject(type);
        if (type.IsPrimitive || type.IsEnum)
        {
            reader.ReadBytes(SizeOf(type)).CopyTo(RawBits.OfBox(value, SizeOf(type)));
            return value;
        }

        foreach (FieldInfo field in Fields(type))
        {
            field.SetValue(value, Read(reader, field.FieldType));
        }

        return value;
    }

    private static FieldInfo[] Fields(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
}
