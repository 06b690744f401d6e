using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>One message.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Payload">What it carries.</param>
/// <param name="Attachments">Where the large arrays beside it come from, until the next frame is received; null if there are none.</param>
internal readonly record struct Frame(FrameKind Kind, byte[] Payload, IAttachmentSource? Attachments);
