using Multiprocessing.Connections;
using Multiprocessing.Serialization;

namespace Multiprocessing.Pools;

/// <summary>What a worker says about (a part of) the batch that it is at.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Batch">The batch.</param>
/// <param name="First">The index of the first input that is meant.</param>
/// <param name="Count">How many inputs are meant.</param>
/// <param name="Elapsed">How long they took, in ticks of the stopwatch; zero where that is not said.</param>
/// <param name="Content">The results or the fault.</param>
/// <param name="Attachments">The large arrays of the results.</param>
internal readonly record struct Reply(
    FrameKind Kind, Batch Batch, long First, int Count, long Elapsed, PayloadReader Content, IAttachmentSource? Attachments);
