using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>The assemblies that an assembly needs, found as the runtime finds them for it in this process. Thread-safe.</summary>
internal static class AssemblyClosure
{
    private static readonly ConditionalWeakTable<Assembly, Assembly[]> Direct = [];

    /// <summary>
    /// Adds the assembly and all that it needs, except what the worker has (.NET itself) and what it asks for when it needs it: the assemblies that this
    /// program was started with.
    /// </summary>
    public static void Collect(Assembly assembly, LoadedAssemblies loaded, ISet<Assembly> into)
    {
        if (NeedsShipping(assembly) && into.Add(assembly))
        {
            foreach (Assembly needed in Direct.GetValue(assembly, a => Resolve(a, loaded)))
            {
                Collect(needed, loaded, into);
            }
        }
    }

    private static bool NeedsShipping(Assembly assembly) =>
        assembly != typeof(AssemblyClosure).Assembly && !KnownAssemblies.IsCore(assembly) && !KnownAssemblies.IsOfStartup(assembly);

    private static Assembly[] Resolve(Assembly assembly, LoadedAssemblies loaded)
    {
        List<Assembly> found = [];
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(assembly) ?? AssemblyLoadContext.Default;
        foreach (AssemblyName name in assembly.GetReferencedAssemblies())
        {
            // Asked first, since to ask a script's load context for each assembly of the framework takes tens of milliseconds.
            if (KnownAssemblies.IsCore(name.Name ?? "") || KnownAssemblies.IsOfStartup(name.Name ?? ""))
            {
                continue;
            }

            try
            {
                found.Add(loaded.FindCell(name.Name) ?? context.LoadFromAssemblyName(name));
            }
            catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
            {
                // It is not found here either, so code that needs it could not run here.
            }
        }

        return [.. found];
    }
}
