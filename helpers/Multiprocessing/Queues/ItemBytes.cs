namespace Multiprocessing.Queues;

/// <summary>An item as bytes, which lie wherever they are: in the item itself, or in what it was packed into.</summary>
internal readonly ref struct ItemBytes(RecordKind kind, ref readonly byte first, long length)
{
    public readonly ref readonly byte First = ref first;

    public RecordKind Kind => kind;

    public long Length => length;
}
