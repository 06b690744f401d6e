namespace Multiprocessing.Queues;

/// <summary>An item as it lies in a chunk; good as long as the consumers' lock is held.</summary>
/// <remarks>Before the content stands a word: in its lowest byte the <see cref="RecordKind"/>, above it the length in bytes or, of a jump, the number of the next chunk.</remarks>
internal readonly unsafe struct Record(RecordKind kind, byte* content, long length)
{
    /// <summary>The bytes of the word before the content.</summary>
    public const int Head = sizeof(long);

    private const int KindBits = 8;

    public RecordKind Kind => kind;

    public byte* Content => content;

    public long Length => length;

    /// <summary>The bytes that a record takes, its head included.</summary>
    public static long SizeOf(long length) => Head + ((length + 7) & ~7);

    /// <summary>Reads what lies at a place.</summary>
    /// <returns>False if it is a jump.</returns>
    public static bool TryRead(byte* place, out Record record)
    {
        long word = *(long*)place;
        record = new Record((RecordKind)word, place + Head, word >> KindBits);
        return record.Kind != RecordKind.Jump;
    }

    /// <summary>Where a jump leads to.</summary>
    public static int ReadJump(byte* place) => (int)(*(long*)place >> KindBits);

    public static void WriteJump(byte* place, int chunk) => *(long*)place = ((long)chunk << KindBits) | (byte)RecordKind.Jump;

    public static void Write(byte* place, RecordKind kind, ref readonly byte content, long length)
    {
        *(long*)place = (length << KindBits) | (byte)kind;
        fixed (byte* source = &content)
        {
            Buffer.MemoryCopy(source, place + Head, length, length);
        }
    }
}

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
