using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Hosting;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>Where another process gets the code that this one runs: from the assembly's file, unless that has changed since. Thread-safe.</summary>
internal static class AssemblyFiles
{
    /// <summary>Every worker has it from beside its own program, and finds out by itself whether it is the same.</summary>
    private static readonly Assembly Own = typeof(AssemblyFiles).Assembly;

    private static readonly ConditionalWeakTable<Assembly, AssemblyFile> Known = [];

    static AssemblyFiles()
    {
        // A file that is overwritten in place changes the memory that it is mapped to, the version of the module included. So that is noted when it is loaded.
        AppDomain.CurrentDomain.AssemblyLoad += static (_, loaded) => Note(loaded.LoadedAssembly);
        Array.ForEach(AppDomain.CurrentDomain.GetAssemblies(), Note);
    }

    /// <summary>The assembly's path; empty if its code has to come from memory, because it was loaded from there or its file has been replaced.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="notebook">Whose reader is told, once, that the file has been replaced.</param>
    /// <exception cref="NotShippableException">The file was rebuilt, and what this process runs cannot be recovered from memory.</exception>
    public static string PathOf(Assembly assembly, INotebookHost notebook) =>
        IsFile(assembly) && assembly != Own ? FileOf(assembly).FindPath(notebook) : assembly.Location;

    /// <summary>The version of the assembly's module, as it was loaded.</summary>
    public static Guid ModuleOf(Assembly assembly) => IsFile(assembly) ? FileOf(assembly).Module : assembly.ManifestModule.ModuleVersionId;

    private static AssemblyFile FileOf(Assembly assembly) => Known.GetValue(assembly, static a => new AssemblyFile(a));

    private static void Note(Assembly assembly)
    {
        if (IsFile(assembly))
        {
            _ = FileOf(assembly);
        }
    }

    // The framework is not rebuilt while it runs.
    private static bool IsFile(Assembly assembly) => !assembly.IsDynamic && assembly.Location.Length > 0 && !FrameworkAssemblies.IsCore(assembly);
}
