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
