using System.Reflection;
using System.Runtime.InteropServices;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Workers.Serving;

/// <summary>Finds native libraries where the parent does: in its search folders, beside the assembly, and in a package's folder for this system; or where the parent says.</summary>
internal sealed class NativeLibraries(ParentLibraries parent)
{
    private readonly List<string> _folders = [];
    private readonly Lock _gate = new();

    public void AddFolders(string list)
    {
        lock (_gate)
        {
            _folders.AddRange(list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        }
    }

    public void AddFolderOf(string assemblyPath)
    {
        if (Path.GetDirectoryName(assemblyPath) is not { } folder)
        {
            return;
        }

        lock (_gate)
        {
            _folders.Add(folder);
            _folders.Add(Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"));

            // In a package the assembly is in lib/<framework>, the library in runtimes/<system>/native.
            if (Path.GetDirectoryName(Path.GetDirectoryName(folder)) is { } package)
            {
                _folders.Add(Path.Combine(package, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"));
            }
        }
    }

    /// <summary>Answers the load context when its own search has failed.</summary>
    public nint Load(Assembly requester, string name)
    {
        string[] folders;
        lock (_gate)
        {
            folders = [.. _folders];
        }

        foreach (string folder in folders)
        {
            foreach (string file in NativeSearch.FileNames(name))
            {
                string path = Path.Combine(folder, file);
                if (File.Exists(path) && NativeLibrary.TryLoad(path, out nint library))
                {
                    return library;
                }
            }
        }

        return parent.FindNative(name, requester) is { } found && NativeLibrary.TryLoad(found, out nint known) ? known : 0;
    }
}
