using System.Reflection;
using System.Runtime.Loader;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Workers;

namespace Multiprocessing.Worker.Assemblies;

/// <summary>Finds in this process the assemblies that the parent's code needs. Thread-safe once the call runs.</summary>
internal sealed class ShippedAssemblies : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyFrame> _shipped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Assembly> _loaded = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly NativeLibraries _natives = new();
    private Dictionary<string, string>? _startupPaths;
    private string _startupList = "";

    public ShippedAssemblies()
    {
        AssemblyLoadContext.Default.Resolving += (_, name) => name.Name is null ? null : Find(name.Name, requester: null);
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += _natives.Load;
    }

    /// <summary>Takes note of where the parent's own assemblies are.</summary>
    public void Learn(Greeting greeting)
    {
        _startupList = greeting.AssemblyPaths;
        _natives.AddFolders(greeting.NativeFolders);
    }

    /// <summary>
    /// Takes note of an assembly. One that came whole is loaded at once: the runtime then finds it by itself when other code refers to it, and need not ask
    /// the handler below, which it does with a culture in hand - and the first culture loads the globalization library.
    /// </summary>
    public void Add(AssemblyFrame assembly)
    {
        lock (_gate)
        {
            _shipped[assembly.Identity.Name] = assembly;
            if (assembly.Image.Length > 0)
            {
                LoadImage(assembly);
            }
        }
    }

    /// <inheritdoc/>
    public Assembly Resolve(AssemblyIdentity identity)
    {
        Assembly own = typeof(IAssemblyResolver).Assembly;
        Assembly found = identity.Name == AssemblyNames.Of(own) ? own
            : Find(identity.Name, identity.Location) ?? throw new FileNotFoundException(
                $"The worker cannot find assembly '{identity.Name}', which the function needs.", identity.Name);
        if (found.ManifestModule.ModuleVersionId == identity.Mvid)
        {
            return found;
        }

        throw new FileLoadException(found == own
            ? "Multiprocessing.dll and the worker beside it are of different builds: build both (dotnet build helpers) and restart."
            : $"Assembly '{identity.Name}' was changed on disk after this program had loaded it: restart the program (or the notebook's kernel). "
              + $"File: '{found.Location}'.");
    }

    private Assembly? Find(string name, string? requester)
    {
        AssemblyFrame? frame;
        lock (_gate)
        {
            _shipped.TryGetValue(name, out frame);
        }

        if (frame is { Image.Length: > 0 })
        {
            return LoadImage(frame);
        }

        string? path = frame?.Identity.Location ?? StartupPath(name) ?? (string.IsNullOrEmpty(requester) ? BesideOthers(name) : requester);
        if (path is null)
        {
            return null;
        }

        _natives.AddFolderOf(path);
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
    }

    private Assembly LoadImage(AssemblyFrame frame)
    {
        lock (_gate)
        {
            if (!_loaded.TryGetValue(frame.Identity.Name, out Assembly? assembly))
            {
                using MemoryStream image = new(frame.Image, writable: false);
                using MemoryStream? symbols = frame.Symbols.Length > 0 ? new MemoryStream(frame.Symbols, writable: false) : null;
                assembly = AssemblyLoadContext.Default.LoadFromStream(image, symbols);
                _loaded.Add(frame.Identity.Name, assembly);
            }

            return assembly;
        }
    }

    private string? StartupPath(string name)
    {
        // Read when first needed: most functions need nothing of it.
        _startupPaths ??= _startupList.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(static path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);
        return _startupPaths.GetValueOrDefault(name);
    }

    /// <summary>A dependency that lies where a shipped assembly was loaded from, as the parent's own load contexts find it.</summary>
    private string? BesideOthers(string name)
    {
        lock (_gate)
        {
            return _shipped.Values
                .Select(static frame => Path.GetDirectoryName(frame.Identity.Location))
                .Where(static folder => !string.IsNullOrEmpty(folder))
                .Distinct()
                .Select(folder => Path.Combine(folder!, name + ".dll"))
                .FirstOrDefault(File.Exists);
        }
    }
}
