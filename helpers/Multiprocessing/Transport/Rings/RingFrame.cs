namespace Multiprocessing.Transport.Rings;

/// <summary>One message of a ring.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Payload">What it carries.</param>
internal readonly record struct RingFrame(RingFrameKind Kind, byte[] Payload);
