using System.Collections.Concurrent;
using System.Reflection;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>Finds the assemblies of this process that a worker means in its answer. Thread-safe.</summary>
internal sealed class LoadedAssemblies : IAssemblyResolver
{
    /// <summary>The only instance: a process has one set of loaded assemblies.</summary>
    public static LoadedAssemblies Instance { get; } = new();

    /// <summary>Locked by itself.</summary>
    private static readonly Dictionary<Guid, Assembly> ByMvid = [];
    private static readonly ConcurrentDictionary<string, Assembly> Cells = new();

    /// <summary>A cell's assembly by its name, or null. Such a name is unique in a process, and only the script's own load context resolves it.</summary>
    public static Assembly? FindCell(string? name)
    {
        if (name is null || !name.StartsWith("ℛ*", StringComparison.Ordinal))
        {
            return null;
        }

        if (!Cells.TryGetValue(name, out Assembly? cell))
        {
            cell = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => AssemblyNames.Of(a) == name);
            if (cell is not null)
            {
                Cells[name] = cell;
            }
        }

        return cell;
    }

    /// <summary>The assembly whose module it is, or null.</summary>
    public static Assembly? Find(Guid mvid)
    {
        lock (ByMvid)
        {
            if (ByMvid.TryGetValue(mvid, out Assembly? known))
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

    private static Assembly Keep(Guid mvid, Assembly assembly)
    {
        lock (ByMvid)
        {
            return ByMvid.TryAdd(mvid, assembly) ? assembly : ByMvid[mvid];
        }
    }
}
