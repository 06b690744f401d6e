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
