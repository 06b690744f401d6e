namespace Multiprocessing.Serialization;

/// <summary>More than 2 GB at once. Whoever writes knows what it was that did not fit any more.</summary>
internal sealed class PayloadFullException : Exception;
