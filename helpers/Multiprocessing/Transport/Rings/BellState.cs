using System.Runtime.InteropServices;

namespace Multiprocessing.Transport.Rings;

/// <summary>A <see cref="Bell"/> in shared memory. All zero: nobody waits.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct BellState
{
    /// <summary>Changes with every ring that somebody waits for.</summary>
    [FieldOffset(0)]
    public int Rings;

    /// <summary>Not zero: somebody waits, or is about to.</summary>
    [FieldOffset(64)]
    public int Waiting;
}
