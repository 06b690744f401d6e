using System.Reflection;
using Multiprocessing.Hosting;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>An assembly as it is sent: by path if it has one, else whole, with its symbols if there are any.</summary>
/// <param name="Identity">Which it is.</param>
/// <param name="Image">The image; empty for one that has a path.</param>
/// <param name="Symbols">The portable PDB; empty if there is none.</param>
internal sealed record AssemblyFrame(AssemblyIdentity Identity, byte[] Image, byte[] Symbols)
{
    public static AssemblyFrame Of(Assembly assembly, INotebookHost notebook)
    {
        AssemblyIdentity identity = new(AssemblyNames.Of(assembly), AssemblyFiles.ModuleOf(assembly), AssemblyFiles.PathOf(assembly, notebook));
        return identity.Location.Length > 0
            ? new AssemblyFrame(identity, [], [])
            : new AssemblyFrame(identity, AssemblyImage.Of(assembly), AssemblySymbols.Of(assembly));
    }

    public static AssemblyFrame Read(PayloadReader input)
    {
        AssemblyIdentity identity = new(input.ReadString() ?? "", input.ReadGuid(), input.ReadString() ?? "");
        byte[] image = input.ReadBytes(input.ReadInt32()).ToArray();
        return new AssemblyFrame(identity, image, input.ReadBytes(input.ReadInt32()).ToArray());
    }

    public void Write(PayloadWriter output)
    {
        output.WriteString(Identity.Name);
        output.WriteGuid(Identity.Mvid);
        output.WriteString(Identity.Location);
        output.WriteInt32(Image.Length);
        output.WriteBytes(Image);
        output.WriteInt32(Symbols.Length);
        output.WriteBytes(Symbols);
    }
}

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
