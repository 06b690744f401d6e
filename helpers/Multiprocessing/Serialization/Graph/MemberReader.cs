using System.Reflection;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Serialization.Graph;

/// <summary>Reads what <see cref="MemberWriter"/> wrote. Not thread-safe.</summary>
internal sealed class MemberReader(PayloadReader input, IAssemblyResolver resolver)
{
    private readonly List<Type> _types = [];
    private readonly List<Assembly> _assemblies = [];

    public Type ReadType()
    {
        int index = input.ReadCount();
        if (index > 0)
        {
            return _types[index - 1];
        }

        TypeTag tag = (TypeTag)input.ReadByte();
        Type type = tag switch
        {
            TypeTag.Definition => ReadAssembly().ManifestModule.ResolveType(input.ReadInt32()),
            TypeTag.Constructed => ReadType().MakeGenericType(ReadTypes()),
            TypeTag.Vector => ReadType().MakeArrayType(),
            TypeTag.Array => ReadType().MakeArrayType(input.ReadCount()),
            TypeTag.Pointer => ReadType().MakePointerType(),
            TypeTag.ByRef => ReadType().MakeByRefType(),
            TypeTag.TypeParameter => ReadType().GetGenericArguments()[input.ReadCount()],
            TypeTag.MethodParameter => ReadMethod().GetGenericArguments()[input.ReadCount()],
            _ => throw new InvalidDataException($"Not a type: tag {tag}."),
        };
        _types.Add(type);
        return type;
    }

    public MethodBase ReadMethod()
    {
        Type declaring = ReadType();
        MethodBase method = declaring.Module.ResolveMethod(input.ReadInt32())!;
        if (declaring.IsConstructedGenericType)
        {
            method = (MethodBase)declaring.GetMemberWithSameMetadataDefinitionAs(method);
        }

        Type[] arguments = ReadTypes();
        return arguments.Length > 0 ? ((MethodInfo)method).MakeGenericMethod(arguments) : method;
    }

    public FieldInfo ReadField()
    {
        Type declaring = ReadType();
        FieldInfo field = declaring.Module.ResolveField(input.ReadInt32())!;
        return declaring.IsConstructedGenericType ? (FieldInfo)declaring.GetMemberWithSameMetadataDefinitionAs(field) : field;
    }

    public Assembly ReadAssembly()
    {
        int index = input.ReadCount();
        if (index > 0)
        {
            return _assemblies[index - 1];
        }

        string name = input.ReadString() ?? "";
        Assembly assembly = input.ReadBoolean()
            ? (name == "System.Private.CoreLib" ? typeof(object).Assembly : Assembly.Load(name))
            : resolver.Resolve(new AssemblyIdentity(name, input.ReadGuid(), input.ReadString() ?? ""));
        _assemblies.Add(assembly);
        return assembly;
    }

    private Type[] ReadTypes()
    {
        int count = input.ReadCount();
        if (count == 0)
        {
            return [];
        }

        Type[] types = new Type[count];
        for (int i = 0; i < count; i++)
        {
            types[i] = ReadType();
        }

        return types;
    }
}
