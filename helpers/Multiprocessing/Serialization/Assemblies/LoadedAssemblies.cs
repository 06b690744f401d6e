using System.Collections.Concurrent;
using System.Reflection;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>Finds the assemblies of this process that a worker means in its answer. Thread-safe.</summary>
internal sealed class LoadedAssemblies : IAssemblyResolver
{
    /// <summary>Locked by itself.</summary>
    private readonly Dictionary<Guid, Assembly> _byMvid = [];
    private readonly ConcurrentDictionary<string, Assembly> _cells = new();

    /// <summary>A cell's assembly by its name, or null. Such a name is unique in a process, and only the script's own load context resolves it.</summary>
    public Assembly? FindCell(string? name)
    {
        if (name is null || !name.StartsWith("ℛ*", StringComparison.Ordinal))
        {
            return null;
        }

        if (!_cells.TryGetValue(name, out Assembly? cell))
        {
            cell = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => AssemblyNames.Of(a) == name);
            if (cell is not null)
            {
                _cells[name] = cell;
            }
        }

        return cell;
    }

    /// <summary>The assembly whose module it is, or null.</summary>
    public Assembly? Find(Guid mvid)
    {
        lock (_byMvid)
        {
            if (_byMvid.TryGetValue(mvid, out Assembly? known))
            {
                return known;
            }
        }

        return AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => !assembly.IsDynamic && AssemblyFiles.ModuleOf(assembly) == mvid) is { } found
            ? Keep(mvid, found)
            : null;
    }

    /// <summary>Does nothing: what a worker knows, it has from here.</summary>
    public void Add(AssemblyFrame assembly)
    {
    }

    /// <inheritdoc/>
    public Assembly Resolve(AssemblyIdentity identity)
    {
        if (Find(identity.Mvid) is { } known)
        {
            return known;
        }

        if (identity.Location.Length == 0)
        {
            throw new FileNotFoundException($"The worker answered with a type of assembly '{identity.Name}', which exists only in the worker.");
        }

        return Keep(identity.Mvid, identity.Verify(Assembly.LoadFrom(identity.Location)));
    }

    private Assembly Keep(Guid mvid, Assembly assembly)
    {
        lock (_byMvid)
        {
            return _byMvid.TryAdd(mvid, assembly) ? assembly : _byMvid[mvid];
        }
    }
}

/// <summary>Finds the assembly that the other process means.</summary>
internal interface IAssemblyResolver
{
    /// <summary>The same assembly in this process.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="FileLoadException">There is one of that name, but it is not the same.</exception>
    Assembly Resolve(AssemblyIdentity identity);

    /// <summary>Takes note of an assembly that the other process has sent.</summary>
    void Add(AssemblyFrame assembly);
}
