using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>
/// What the libraries of cells, and the cells, call each other. For the compiler, a library that a reader runs again is a new version of the same one, which takes the old one's place; for the
/// runtime, which loads one version of an assembly, it is another one.
/// </summary>
internal static class LibraryNames
{
    /// <summary>What the names of all assemblies begin with that are made of cells.</summary>
    public const string Prefix = "ℛ*";

    /// <summary>Gives everything the name that it has at run time.</summary>
    public static void ToRuntime(ModuleDefinition module)
    {
        foreach (var name in module.AssemblyReferences.Append(module.Assembly.Name).Where(name => name.Name.StartsWith(Prefix, StringComparison.Ordinal) && name.Version.Major > 0))
        {
            name.Name += string.Create(CultureInfo.InvariantCulture, $"-{name.Version.Major}");
            name.Version = new Version(0, 0, 0, 0);
        }
    }

    /// <summary>Lets cells use what is internal in a library: they are all of one notebook.</summary>
    public static void Publish(ModuleDefinition module)
    {
        foreach (var type in module.GetAllTypes())
        {
            if (type.IsNotPublic)
                type.IsPublic = true;
            else if (type.IsNestedAssembly || type.IsNestedFamilyOrAssembly)
                type.IsNestedPublic = true;
            foreach (var method in type.Methods.Where(method => method.IsAssembly || method.IsFamilyOrAssembly))
                method.IsPublic = true;
            foreach (var field in type.Fields.Where(field => field.IsAssembly || field.IsFamilyOrAssembly))
                field.IsPublic = true;
        }
    }
}
