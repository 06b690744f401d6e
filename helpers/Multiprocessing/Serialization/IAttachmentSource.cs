namespace Multiprocessing.Serialization;

/// <summary>Where a graph's attachments come from, in their order.</summary>
internal interface IAttachmentSource
{
    /// <summary>How many bytes there are still to read.</summary>
    long Remaining { get; }

    /// <summary>Reads the next bytes, waiting for them.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    void Read(Span<byte> into);
}
