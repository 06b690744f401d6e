using System.Runtime.Loader;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>
/// The contexts into which assemblies are loaded, those included that are yet to come: cells and what they reference are loaded into contexts of the scripting engine's making.
/// </summary>
internal static class LoadContexts
{
    private static readonly HashSet<AssemblyLoadContext> Known = [];
    private static Action<AssemblyLoadContext>? s_prepare;

    /// <summary>Has something done with each of them, once.</summary>
    public static void Prepare(Action<AssemblyLoadContext> prepare)
    {
        lock (Known)
        {
            if (s_prepare is null)
            {
                AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => Add(AssemblyLoadContext.GetLoadContext(loaded.LoadedAssembly));
                foreach (var context in AssemblyLoadContext.All)
                    Add(context);
            }

            s_prepare += prepare;
            foreach (var context in Known)
                prepare(context);
        }
    }

    private static void Add(AssemblyLoadContext? context)
    {
        lock (Known)
        {
            if (context is not null && Known.Add(context))
                s_prepare?.Invoke(context);
        }
    }
}
