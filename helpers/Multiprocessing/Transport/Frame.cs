namespace Multiprocessing.Transport;

/// <summary>One message.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Payload">What it carries.</param>
internal sealed record Frame(FrameKind Kind, byte[] Payload);
