using System.Reflection;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Shipping.Graph;
using Multiprocessing.Transport.Segments;

namespace Multiprocessing.Shipping;

/// <summary>An object graph as bytes, with the assemblies that the other process needs to rebuild it.</summary>
/// <param name="Payload">The graph.</param>
/// <param name="Assemblies">The assemblies, beyond those that every worker has.</param>
/// <param name="Shared">The shared objects in it: whoever sends them keeps them until they have arrived.</param>
internal sealed record Shipment(ReadOnlyMemory<byte> Payload, IReadOnlyCollection<Assembly> Assemblies, IReadOnlyList<ISharedObject> Shared)
{
    /// <summary>Packs a graph.</summary>
    /// <param name="root">Its root.</param>
    /// <param name="rootName">What a reader calls the root, for the message of an error.</param>
    /// <exception cref="NotShippableException">Something in it cannot go to another process.</exception>
    public static Shipment Pack(object? root, string rootName) => Pack(root, () => rootName);

    /// <inheritdoc cref="Pack(object?, string)"/>
    public static Shipment Pack(object? root, Func<string> rootName)
    {
        PayloadWriter payload = new();
        GraphWriter writer = new(payload, rootName);
        writer.Write(root);

        HashSet<Assembly> needed = [];
        foreach (Assembly assembly in writer.Members.Assemblies)
        {
            AssemblyClosure.Collect(assembly, needed);
        }

        return new Shipment(payload.Written, needed, writer.Shared);
    }

    /// <summary>Rebuilds a graph.</summary>
    public static object? Unpack(ReadOnlyMemory<byte> payload, IAssemblyResolver resolver) =>
        new GraphReader(new PayloadReader(payload), resolver).Read();
}
