namespace Multiprocessing.Queues;

/// <summary>What one waits for at a queue.</summary>
internal enum QueueAim
{
    /// <summary>An item, or the end.</summary>
    Item,

    /// <summary>Room for one more, or the end.</summary>
    Room,

    /// <summary>That nothing is in the queue, and nothing that was taken out is still to be acknowledged.</summary>
    Idle,
}
