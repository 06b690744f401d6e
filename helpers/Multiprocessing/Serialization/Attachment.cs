using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Serialization;

/// <summary>A large array of bits that goes beside the graph it belongs to, from where it is to where it will be, without a copy between.</summary>
/// <param name="Array">The array. It must not change until it has gone.</param>
/// <param name="ElementSize">Bytes of one element.</param>
internal sealed record Attachment(Array Array, int ElementSize)
{
    /// <summary>From this size on an array is attached, in bytes: below, a copy costs less than the bookkeeping.</summary>
    public const int Smallest = 32 * 1024;

    public ReadOnlySpan<byte> Bytes => RawBits.OfArray(Array, ElementSize);
}

/// <summary>Where a graph's attachments come from, in their order.</summary>
internal interface IAttachmentSource
{
    /// <summary>How many bytes there are still to read.</summary>
    long Remaining { get; }

    /// <summary>Reads the next bytes, waiting for them.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    void Read(Span<byte> into);
}
