using System.Collections.Concurrent;
using System.Reflection;

namespace Multiprocessing.Shipping.Assemblies;

/// <summary>Finds the assemblies of this process that a worker means in its answer. Thread-safe.</summary>
internal sealed class LoadedAssemblies : IAssemblyResolver
{
    /// <summary>They are the same for everybody.</summary>
    public static LoadedAssemblies Instance { get; } = new();

    private static readonly ConcurrentDictionary<Guid, Assembly> ByMvid = new();
    private static readonly ConcurrentDictionary<string, Assembly> Cells = new();

    /// <summary>A cell's assembly by its name, or null. Such a name is unique in a process, and in no load context's reach but the script's own.</summary>
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

    /// <summary>Does nothing: what a worker knows, it has from here.</summary>
    public void Add(AssemblyFrame assembly)
    {
    }

    /// <inheritdoc/>
    public Assembly Resolve(AssemblyIdentity identity)
    {
        if (ByMvid.TryGetValue(identity.Mvid, out Assembly? known))
        {
            return known;
        }

        foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (!assembly.IsDynamic && assembly.ManifestModule.ModuleVersionId == identity.Mvid)
            {
                return ByMvid.GetOrAdd(identity.Mvid, assembly);
            }
        }

        if (identity.Location.Length == 0)
        {
            throw new FileNotFoundException($"The worker answered with a type of assembly '{identity.Name}', which exists only in the worker.");
        }

        return ByMvid.GetOrAdd(identity.Mvid, Assembly.LoadFrom(identity.Location));
    }
}
