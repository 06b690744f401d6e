namespace Multiprocessing.Queues;

/// <summary>How a search for an item ended.</summary>
internal enum DequeueResult
{
    /// <summary>Here is one.</summary>
    Item,

    /// <summary>There was none in time.</summary>
    TimeIsUp,

    /// <summary>There is none, and none will come: none can come back, either.</summary>
    Complete,
}
