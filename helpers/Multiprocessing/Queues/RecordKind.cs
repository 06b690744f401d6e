namespace Multiprocessing.Queues;

/// <summary>What a record in a chunk is: the lowest byte of its first word; the rest of that word is a length in bytes, or a number.</summary>
internal enum RecordKind : byte
{
    /// <summary>The rest of the chunk is empty, and the queue goes on in the chunk of that number.</summary>
    Jump = 1,

    /// <summary>No object.</summary>
    Null,

    /// <summary>The bits of a value, of an array's elements, or of a string's characters.</summary>
    Bits,

    /// <summary>An object graph.</summary>
    Graph,
}
