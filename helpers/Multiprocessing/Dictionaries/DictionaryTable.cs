using System.Diagnostics;
using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Dictionaries;

/// <summary>
/// The entries of a dictionary as this process has them mapped: a file with slots, each with the place of an entry, and after them the entries, one after the other as they were written. What is written is for who has the dictionary's lock; who uses it
/// (<see cref="TryUse"/>) may read without.
/// </summary>
/// <remarks>
/// Memory model. An entry is written where nobody looks, and then found by a single store, a release, of its place in a slot, which is read by an acquire. From then on it never changes: another value is another entry, and the old one is left lying until the table is full and
/// the living entries go into another file. So whoever reads sees the one or the other, whole, and whoever is killed has made a change or has not.
/// </remarks>
internal sealed unsafe class DictionaryTable
{
    /// <summary>Slots that hold no entry: never had one, or have none any more. In others, the upper half is that of the key's hash, the lower the entry's place, in units of 8 bytes.</summary>
    private const long Empty = 0;
    private const long Removed = 1;

    private const int FewestSlots = 64;
    private const long SmallestArena = 56 << 10;
    private const long Page = 4096;

    /// <summary>What a place in a slot can name.</summary>
    private const long LargestFile = (uint.MaxValue + 1L) * Unit;
    private const int Unit = 8;

    private readonly MappedFile _file;
    private readonly Header* _header;
    private readonly long* _slots;
    private readonly int _mask;

    public DictionaryTable(int number, MappedFile file)
    {
        Number = number;
        _file = file;
        _header = (Header*)file.Start;
        _slots = (long*)(file.Start + sizeof(Header));
        _mask = _header->Slots - 1;
    }

    public int Number { get; }

    /// <summary>How many entries there are.</summary>
    public int Count => Volatile.Read(ref _header->Count);

    /// <summary>Makes a table with room for one more entry than another one has.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="old">The other one; null for none.</param>
    /// <param name="more">The bytes of the one more.</param>
    /// <param name="create">Makes a file of a size.</param>
    /// <exception cref="IOException">There is no room, or they are more than any table can hold.</exception>
    public static DictionaryTable Make(int number, DictionaryTable? old, long more, Func<int, long, MappedFile> create)
    {
        int count = old?.Count ?? 0;
        int slots = FewestSlots;
        while (slots / 2 <= count)
        {
            slots = checked(slots * 2);
        }

        long arena = Math.Max(SmallestArena, ((old?.LivingBytes() ?? 0) + more) * 3);
        long start = sizeof(Header) + ((long)slots * sizeof(long));
        if (start + arena > LargestFile)
        {
            throw new IOException($"The dictionary cannot grow any more: it holds {LargestFile / 3 >> 30} GB at most. Remove entries, or keep what is large in a SharedArray.");
        }

        MappedFile file = create(number, (start + arena + Page - 1) / Page * Page);
        Header* header = (Header*)file.Start;
        header->Slots = slots;
        header->Tail = start;
        DictionaryTable table = new(number, file);
        for (int i = 0; i <= (old?._mask ?? -1); i++)
        {
            if (old!._slots[i] is not (Empty or Removed) and long slot)
            {
                DictionaryEntry* entry = old.EntryOf(slot);
                long size = DictionaryEntry.SizeOf(entry->KeyLength, entry->ValueLength);
                Buffer.MemoryCopy(entry, file.Start + header->Tail, size, size);
                table._slots[table.FindFree((uint)(slot >>> 32))] = (slot & ~(long)uint.MaxValue) | (header->Tail >> 3);
                header->Tail += size;
                header->Count++;
                header->Used++;
            }
        }

        return table;
    }

    /// <summary>Keeps it mapped until <see cref="Leave"/>.</summary>
    /// <returns>False if it has been unmapped.</returns>
    public bool TryUse()
    {
        bool isHeld = false;
        try
        {
            _file.View.DangerousAddRef(ref isHeld);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public void Leave() => _file.View.DangerousRelease();

    /// <summary>Unmaps it, when nobody uses it.</summary>
    public void Unmap() => _file.Dispose();

    /// <summary>Finds a key.</summary>
    /// <param name="key">Its bytes.</param>
    /// <param name="hash">Their hash.</param>
    /// <param name="slot">Its slot; if it is not there, the one that it would get.</param>
    /// <returns>Its entry; null if it is not there.</returns>
    public DictionaryEntry* Find(ReadOnlySpan<byte> key, uint hash, out int slot)
    {
        slot = -1;
        for (int i = (int)hash & _mask, looks = 0; looks <= _mask; i = (i + 1) & _mask, looks++)
        {
            long word = Volatile.Read(ref _slots[i]);
            if (word is Empty or Removed)
            {
                slot = slot < 0 ? i : slot;
                if (word == Empty)
                {
                    return null;
                }
            }
            else if ((uint)(word >>> 32) == hash && EntryOf(word) is var entry && DictionaryEntry.KeyOf(entry).SequenceEqual(key))
            {
                slot = i;
                return entry;
            }
        }

        Debug.Fail("There is always a slot that never had an entry.");
        return null;
    }

    /// <summary>Whether there is room for one more entry.</summary>
    /// <param name="size">Its bytes.</param>
    /// <param name="slot">Its slot.</param>
    public bool HasRoom(long size, int slot) => _header->Tail + size <= _file.Size && (_slots[slot] != Empty || _header->Used < _mask - (_mask / 4));

    /// <summary>Puts an entry into a slot, where there is none or one with the same key.</summary>
    public void Put(int slot, uint hash, long version, ReadOnlySpan<byte> key, Queues.RecordKind kind, ReadOnlySpan<byte> value)
    {
        long before = _slots[slot];
        long place = _header->Tail;
        DictionaryEntry.Write((DictionaryEntry*)(_file.Start + place), version, key, kind, value);
        _header->Tail = place + DictionaryEntry.SizeOf(key.Length, value.Length);
        Volatile.Write(ref _slots[slot], ((long)hash << 32) | (place >> 3));
        if (before is Empty or Removed)
        {
            _header->Used += before == Empty ? 1 : 0;
            Volatile.Write(ref _header->Count, _header->Count + 1);
        }
    }

    /// <summary>Takes the entry out of a slot.</summary>
    public void Remove(int slot)
    {
        Volatile.Write(ref _slots[slot], Removed);
        Volatile.Write(ref _header->Count, _header->Count - 1);
    }

    /// <summary>Counts anew: one that was killed may have changed a slot and not the counts.</summary>
    public void Recount()
    {
        int count = 0;
        int used = 0;
        for (int i = 0; i <= _mask; i++)
        {
            count += _slots[i] is Empty or Removed ? 0 : 1;
            used += _slots[i] == Empty ? 0 : 1;
        }

        _header->Used = used;
        Volatile.Write(ref _header->Count, count);
    }

    /// <summary>Does something with each entry.</summary>
    public void ForEach(EntryAction action)
    {
        for (int i = 0; i <= _mask; i++)
        {
            if (_slots[i] is not (Empty or Removed) and long slot)
            {
                action(EntryOf(slot));
            }
        }
    }

    private DictionaryEntry* EntryOf(long slot) => (DictionaryEntry*)(_file.Start + ((long)(uint)slot << 3));

    private int FindFree(uint hash)
    {
        int i = (int)hash & _mask;
        while (_slots[i] != Empty)
        {
            i = (i + 1) & _mask;
        }

        return i;
    }

    private long LivingBytes()
    {
        long bytes = 0;
        ForEach(entry => bytes += DictionaryEntry.SizeOf(entry->KeyLength, entry->ValueLength));
        return bytes;
    }

    /// <summary>What is done with an entry.</summary>
    public delegate void EntryAction(DictionaryEntry* entry);

    /// <summary>What the file begins with.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Header
    {
        /// <summary>How many there are; a power of two.</summary>
        public int Slots;

        /// <summary>How many of them have an entry.</summary>
        public int Count;

        /// <summary>How many of them have or have had one.</summary>
        public int Used;

        /// <summary>Where the next entry goes.</summary>
        public long Tail;
    }
}
