using System.Runtime.InteropServices;

namespace Multiprocessing.Dictionaries;

/// <summary>What the processes of a <see cref="SharedDictionary{TKey, TValue}"/> share, apart from the entries (<see cref="DictionaryTable"/>). All zero: empty. For who has the lock of its segment, but for <see cref="Table"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DictionaryState
{
    /// <summary>The number of the table; zero: there is none, and no entry. Its one store puts another table in the place of one.</summary>
    public int Table;

    /// <summary>The number of the last table that was made.</summary>
    public int LastTable;

    /// <summary>The number of a table that is to be deleted, if it is not the one that counts; zero for none.</summary>
    public int Previous;

    /// <summary>The number of the last change of an entry.</summary>
    public long LastVersion;
}
