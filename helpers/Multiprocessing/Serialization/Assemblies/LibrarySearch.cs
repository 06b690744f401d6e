using System.Reflection;
using System.Runtime.Loader;
using Multiprocessing.Hosting;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>
/// Finds the libraries that a worker does not find by itself, by loading them into this process as for the same code here: with the help of the notebook's
/// kernel, the plug-in's load context or the program's host. Thread-safe.
/// </summary>
/// <param name="loaded">What this process has loaded.</param>
/// <param name="notebook">The notebook that it runs.</param>
internal sealed class LibrarySearch(LoadedAssemblies loaded, INotebookHost notebook)
{
    public LibraryAnswer Answer(LibraryRequest request)
    {
        Assembly? requester = loaded.Find(request.Requester);
        try
        {
            if (request.IsNative)
            {
                return new LibraryAnswer(request.Number, NativePath: NativeSearch.Find(request.Name, requester));
            }

            return Find(new AssemblyName(request.Name), requester) is { IsDynamic: false } found
                ? new LibraryAnswer(request.Number, AssemblyFrame.Of(found, notebook))
                : new LibraryAnswer(request.Number);
        }
        catch (NotShippableException e)
        {
            return new LibraryAnswer(request.Number, Refusal: e.Message);
        }
#pragma warning disable CA1031 // Load contexts run code of others, which may throw anything. The worker waits for an answer all the same.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new LibraryAnswer(request.Number);
        }
    }

    private Assembly? Find(AssemblyName name, Assembly? requester)
    {
        if (loaded.FindCell(name.Name) is { } cell)
        {
            return cell;
        }

        // The runtime does not always say whose code it is; what any context knows is better than nothing then.
        IEnumerable<AssemblyLoadContext> contexts = requester is null
            ? AssemblyLoadContext.All
            : [AssemblyLoadContext.GetLoadContext(requester) ?? AssemblyLoadContext.Default];
        return contexts.Select(context => TryLoad(context, name)).FirstOrDefault(static assembly => assembly is not null);
    }

    private static Assembly? TryLoad(AssemblyLoadContext context, AssemblyName name)
    {
        try
        {
            return context.LoadFromAssemblyName(name);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or InvalidOperationException)
        {
            // It does not know it either.
            return null;
        }
    }
}
