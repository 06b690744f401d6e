using System.Reflection;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization;

/// <summary>An object graph as bytes, with the assemblies that the other process needs to rebuild it.</summary>
/// <param name="Payload">The graph.</param>
/// <param name="Assemblies">The assemblies, beyond those that every worker has.</param>
/// <param name="Attachments">The large arrays that go beside it.</param>
/// <param name="Shared">The shared objects in it: whoever sends them keeps them until they have arrived.</param>
internal sealed record Shipment(
    ReadOnlyMemory<byte> Payload, IReadOnlyCollection<Assembly> Assemblies, IReadOnlyList<Attachment> Attachments, IReadOnlyList<ISharedObject> Shared)
{
    /// <summary>Nothing at all.</summary>
    public static Shipment Empty { get; } = new(default, [], [], []);

    /// <summary>Packs a graph.</summary>
    /// <param name="root">Its root.</param>
    /// <param name="rootName">What a reader calls the root, for the message of an error.</param>
    /// <param name="context">The process's.</param>
    /// <exception cref="NotShippableException">Something in it cannot go to another process.</exception>
    public static Shipment Pack(object? root, string rootName, SerializationContext context) => Pack(root, () => rootName, context);

    /// <inheritdoc cref="Pack(object?, string, SerializationContext)"/>
    /// <param name="root">Its root.</param>
    /// <param name="rootName">What a reader calls the root, for the message of an error.</param>
    /// <param name="context">The process's.</param>
    /// <param name="attach">Whether large arrays may go beside the payload: only if they do not change until they have gone.</param>
    public static Shipment Pack(object? root, Func<string> rootName, SerializationContext context, bool attach = false)
    {
        PayloadWriter payload = new();
        GraphWriter writer = new(payload, rootName, context) { Attachments = attach ? [] : null };
        writer.Write(root);

        HashSet<Assembly> needed = [];
        foreach (Assembly assembly in writer.Members.Assemblies)
        {
            AssemblyClosure.Collect(assembly, context.Loaded, needed);
        }

        return new Shipment(payload.Written, needed, writer.Attachments ?? [], writer.Shared);
    }

    /// <summary>Rebuilds a graph.</summary>
    /// <param name="payload">The graph.</param>
    /// <param name="context">The process's.</param>
    /// <param name="attachments">Where the large arrays come from; null if there are none beside the payload.</param>
    /// <param name="resolver">Finds the assemblies that the other process means; the context's unless given.</param>
    public static object? Unpack(ReadOnlyMemory<byte> payload, SerializationContext context, IAttachmentSource? attachments = null, IAssemblyResolver? resolver = null) =>
        new GraphReader(new PayloadReader(payload), context, resolver ?? context.Resolver) { Attachments = attachments }.Read();
}

/// <summary>An object of ours that belongs to the process that made it.</summary>
internal interface IUnsendable
{
    /// <summary>What to do instead of sending it.</summary>
    string Advice { get; }
}
