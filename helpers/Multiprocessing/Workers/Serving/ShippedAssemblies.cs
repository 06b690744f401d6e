using System.Reflection;
using System.Runtime.Loader;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Workers.Serving;

/// <summary>Finds in this process the assemblies that the parent's code needs. Thread-safe once the call runs.</summary>
internal sealed class ShippedAssemblies : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyFrame> _shipped = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Assembly> _loaded = [];
    private readonly Lock _gate = new();
    private readonly ParentLibraries _parent;
    private readonly NativeLibraries _natives;

    public ShippedAssemblies(ParentLibraries parent)
    {
        _parent = parent;
        _natives = new NativeLibraries(parent);
        AssemblyLoadContext.Default.Resolving += (_, name) => name is { Name: { } simple, CultureName: null or "" } ? FindShipped(simple) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += _natives.Load;

        // The last resort, and the one that is told whose code it is.
        AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => Ask(wanted.Name, wanted.RequestingAssembly);
    }

    /// <summary>The full name of the parent's entry assembly, which is this process's, too, as soon as a function needs it: to load it for that alone would cost every start.</summary>
    public string ProgramAssembly { get; set; } = "";

    /// <summary>Takes note of where the parent's own libraries are.</summary>
    /// <param name="folders">The folders, separated as the system does.</param>
    public void AddNativeFolders(string folders) => _natives.AddFolders(folders);

    /// <summary>
    /// Takes note of an assembly. One that came whole is loaded at once: the runtime then finds it by itself when other code refers to it, and need not ask
    /// the handler below, which it does with a culture in hand - and the first culture loads the globalization library.
    /// </summary>
    public void Add(AssemblyFrame assembly)
    {
        lock (_gate)
        {
            _shipped[assembly.Identity.Name] = assembly;
        }

        if (assembly.Image.Length > 0)
        {
            try
            {
                Load(assembly);
            }
            catch (FileLoadException)
            {
                // Whoever needs it is told.
            }
        }
    }

    /// <inheritdoc/>
    public Assembly Resolve(AssemblyIdentity identity)
    {
        Assembly own = typeof(IAssemblyResolver).Assembly;
        if (identity.Name == AssemblyNames.Of(own))
        {
            return own.ManifestModule.ModuleVersionId == identity.Mvid ? own : throw new FileLoadException(
                "Multiprocessing.dll has been built anew since this program loaded it: restart the program, or the notebook's kernel.");
        }

        lock (_gate)
        {
            if (_loaded.TryGetValue(identity.Mvid, out Assembly? loaded))
            {
                return loaded;
            }
        }

        Assembly found = FindShipped(identity.Name) ?? (identity.Location.Length > 0 ? Load(new AssemblyFrame(identity, [], [])) : Ask(identity.Name, requester: null))
            ?? throw new FileNotFoundException($"The worker cannot find assembly '{identity.Name}', which the function needs.", identity.Name);
        return identity.Verify(found);
    }

    private Assembly? FindShipped(string name)
    {
        AssemblyFrame? frame;
        lock (_gate)
        {
            _shipped.TryGetValue(name, out frame);
        }

        return frame is null ? null : Load(frame);
    }

    private Assembly? Ask(string name, Assembly? requester) => _parent.FindAssembly(name, requester) is { } frame ? Load(frame) : null;

    private Assembly Load(AssemblyFrame frame)
    {
        if (frame.Image.Length == 0)
        {
            _natives.AddFolderOf(frame.Identity.Location);
            return Enter(frame.Identity.Verify(AssemblyLoadContext.Default.LoadFromAssemblyPath(frame.Identity.Location)));
        }

        lock (_gate)
        {
            if (!_loaded.TryGetValue(frame.Identity.Mvid, out Assembly? assembly))
            {
                using MemoryStream image = new(frame.Image, writable: false);
                using MemoryStream? symbols = frame.Symbols.Length > 0 ? new MemoryStream(frame.Symbols, writable: false) : null;
                assembly = Enter(LoadFrom(image, symbols, frame.Identity.Name));
                _loaded.Add(frame.Identity.Mvid, assembly);
            }

            return assembly;
        }
    }

    private Assembly Enter(Assembly loaded)
    {
        if (loaded.FullName == ProgramAssembly)
        {
            Assembly.SetEntryAssembly(loaded);
        }

        return loaded;
    }

    private static Assembly LoadFrom(Stream image, Stream? symbols, string name)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromStream(image, symbols);
        }
        catch (FileLoadException e)
        {
            throw new FileLoadException($"This worker has another assembly of the name '{name}' already. Use one version of it, or another pool.", e);
        }
    }
}
