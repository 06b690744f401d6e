using System.Reflection;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>What identifies an assembly to the other process.</summary>
/// <param name="Name">The simple name. A cell's assembly has one that is no file name.</param>
/// <param name="Mvid">The version of its only module: metadata tokens mean the same on both sides only if this is the same.</param>
/// <param name="Location">The path it was loaded from, or empty for one that has to come from memory.</param>
internal readonly record struct AssemblyIdentity(string Name, Guid Mvid, string Location)
{
    /// <summary>Makes sure that what was found is what was meant.</summary>
    /// <exception cref="FileLoadException">It is not.</exception>
    public Assembly Verify(Assembly found)
    {
        if (found.ManifestModule.ModuleVersionId == Mvid)
        {
            return found;
        }

        throw new FileLoadException(found.Location == Location
            ? $"Assembly '{Name}' was changed on disk after this program had loaded it: restart the program (or the notebook's kernel). File: '{Location}'."
            : $"Assembly '{Name}' is not the same in both processes: '{Location}' there, '{found.Location}' here. Use one version of it.");
    }
}
