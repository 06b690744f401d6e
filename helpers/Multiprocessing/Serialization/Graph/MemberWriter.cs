using System.Reflection;
using Multiprocessing.Hosting;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Serialization.Graph;

/// <summary>Writes types, methods and fields by metadata token: short, and exact where names are not. Not thread-safe.</summary>
/// <param name="output">Where to.</param>
/// <param name="notebook">The notebook that the process runs.</param>
/// <param name="refuse">Makes the error that says that what is being written cannot go.</param>
internal sealed class MemberWriter(PayloadWriter output, INotebookHost notebook, Func<Type, string, NotShippableException> refuse)
{
    private readonly Dictionary<Type, int> _types = [];
    private readonly Dictionary<Assembly, int> _assemblies = [];

    /// <summary>Every assembly that was written.</summary>
    public IReadOnlyCollection<Assembly> Assemblies => _assemblies.Keys;

    public void WriteType(Type type)
    {
        if (_types.TryGetValue(type, out int index))
        {
            output.WriteCount(index + 1);
            return;
        }

        output.WriteCount(0);
        if (type.IsGenericTypeParameter)
        {
            output.WriteByte((byte)TypeTag.TypeParameter);
            WriteType(type.DeclaringType!);
            output.WriteCount(type.GenericParameterPosition);
        }
        else if (type.IsGenericMethodParameter)
        {
            output.WriteByte((byte)TypeTag.MethodParameter);
            WriteMethod(type.DeclaringMethod!);
            output.WriteCount(type.GenericParameterPosition);
        }
        else if (type.HasElementType)
        {
            output.WriteByte((byte)(type.IsSZArray ? TypeTag.Vector : type.IsArray ? TypeTag.Array : type.IsPointer ? TypeTag.Pointer : TypeTag.ByRef));
            WriteType(type.GetElementType()!);
            if (type.IsVariableBoundArray)
            {
                output.WriteCount(type.GetArrayRank());
            }
        }
        else if (type.IsConstructedGenericType)
        {
            output.WriteByte((byte)TypeTag.Constructed);
            WriteType(type.GetGenericTypeDefinition());
            WriteTypes(type.GetGenericArguments());
        }
        else if (type.IsFunctionPointer)
        {
            throw refuse(type, "a function pointer belongs to this process.");
        }
        else
        {
            if (type.Assembly.IsDynamic)
            {
                throw refuse(type, "the type was made while this process ran. Declare it in a cell or in a project.");
            }

            output.WriteByte((byte)TypeTag.Definition);
            WriteAssembly(type.Assembly);
            output.WriteInt32(type.MetadataToken);
        }

        // Last, as the reader does: a type's parts have their numbers before it.
        _types.Add(type, _types.Count);
    }

    public void WriteMethod(MethodBase method)
    {
        WriteType(method.DeclaringType ?? throw refuse(
            method.GetType(), "its code was made while this process ran. Send the lambda, or the expression tree, and compile it inside the function."));
        output.WriteInt32(method.MetadataToken);
        WriteTypes(method.IsGenericMethod && !method.IsGenericMethodDefinition ? method.GetGenericArguments() : []);
    }

    public void WriteField(FieldInfo field)
    {
        WriteType(field.DeclaringType!);
        output.WriteInt32(field.MetadataToken);
    }

    public void WriteAssembly(Assembly assembly)
    {
        if (_assemblies.TryGetValue(assembly, out int index))
        {
            output.WriteCount(index + 1);
            return;
        }

        if (assembly.IsDynamic)
        {
            throw refuse(assembly.GetType(), "the assembly was made while this process ran. Use one that has been compiled.");
        }

        output.WriteCount(0);
        output.WriteString(AssemblyNames.Of(assembly));
        bool core = KnownAssemblies.IsCore(assembly);
        output.WriteBoolean(core);
        if (!core)
        {
            output.WriteGuid(AssemblyFiles.ModuleOf(assembly));
            output.WriteString(AssemblyFiles.PathOf(assembly, notebook));
        }

        _assemblies.Add(assembly, _assemblies.Count);
    }

    private void WriteTypes(Type[] types)
    {
        output.WriteCount(types.Length);
        foreach (Type type in types)
        {
            WriteType(type);
        }
    }
}

/// <summary>How a type is written.</summary>
internal enum TypeTag : byte
{
    /// <summary>A definition: assembly and metadata token.</summary>
    Definition,

    /// <summary>A generic type with its arguments.</summary>
    Constructed,

    /// <summary>A vector: one dimension, from zero.</summary>
    Vector,

    /// <summary>Any other array.</summary>
    Array,

    /// <summary>A pointer type.</summary>
    Pointer,

    /// <summary>A reference to a variable.</summary>
    ByRef,

    /// <summary>A type parameter of a generic type.</summary>
    TypeParameter,

    /// <summary>A type parameter of a generic method.</summary>
    MethodParameter,
}
