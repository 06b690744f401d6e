namespace Multiprocessing.Queues;

/// <summary>An item as it lies in a chunk; good as long as the consumers' lock is held.</summary>
internal readonly unsafe struct Record(RecordKind kind, byte* content, long length)
{
    /// <summary>The word before the content.</summary>
    public const int Head = sizeof(long);

    public RecordKind Kind => kind;

    public byte* Content => content;

    public long Length => length;

    /// <summary>The bytes that a record takes, its head included.</summary>
    public static long SizeOf(long length) => Head + ((length + 7) & ~7);
}
