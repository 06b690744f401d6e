using System.Reflection;
using System.Runtime.Loader;

namespace Multiprocessing.Notebooks.Kernel;

/// <summary>
/// What this library adds to .NET Interactive itself, <c>#!workers</c> and <c>#!kill-workers</c>: an assembly that refers to .NET Interactive's packages, and is loaded if it lies beside
/// this one, or where a package has such things. Everything else works without it. Thread-safe.
/// </summary>
internal static class KernelExtension
{
    private const string AssemblyName = "Multiprocessing.Interactive";
    private const string TypeName = "Multiprocessing.Interactive.KernelExtension";
    private const string KernelAssemblyName = "Microsoft.DotNet.Interactive";

    /// <summary>How far the root of a package is above an assembly in it: <c>runtimes/linux-x64/lib/net10.0</c>.</summary>
    private const int DepthInPackage = 4;

    private static readonly bool IsInKernel = NotebookKernel.Assembly?.GetName().Name == KernelAssemblyName;

    /// <summary>Whether the calling code is a cell of a kernel that can have it. A worker that no cell starts, but a timer for instance, comes too early: the kernel is found by the cell.</summary>
    public static bool IsWanted => IsInKernel && NotebookKernel.Context is not null;

    /// <summary>Loads it, if it is there.</summary>
    public static void Load()
    {
        Assembly own = typeof(KernelExtension).Assembly;
        if (Find(Path.GetDirectoryName(own.Location)) is not { } path)
        {
            return;
        }

        try
        {
            // Where this assembly is, so that it refers to this one and to no other copy.
            Assembly extension = (AssemblyLoadContext.GetLoadContext(own) ?? AssemblyLoadContext.Default).LoadFromAssemblyPath(path);
            extension.GetType(TypeName, throwOnError: true)!.GetMethod("Load")!.Invoke(null, null);
        }
#pragma warning disable CA1031 // It may have been built for another version of either side; whatever is wrong with it, the worker that is to be started needs nothing of it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            string reason = ((e as TargetInvocationException)?.InnerException ?? e).Message.ReplaceLineEndings(" ");
            Console.Error.WriteLine($"{AssemblyName}.dll was not loaded, so that there is no #!workers here; all else works. Build it again with -p:DotNetInteractive=true, take a package that was, or delete it. ({reason})");
        }
    }

    /// <summary>The file; null if there is none.</summary>
    /// <param name="folder">That of this assembly.</param>
    private static string? Find(string? folder)
    {
        const string fileName = AssemblyName + ".dll";
        string inPackage = Path.Combine("interactive-extensions", "dotnet", fileName);
        string beside = Path.Combine(folder ?? "", fileName);
        if (File.Exists(beside))
        {
            return beside;
        }

        for (int depth = 0; depth < DepthInPackage && Path.GetDirectoryName(folder) is { } above; depth++)
        {
            folder = above;
            if (File.Exists(Path.Combine(folder, inPackage)))
            {
                return Path.Combine(folder, inPackage);
            }
        }

        return null;
    }
}
