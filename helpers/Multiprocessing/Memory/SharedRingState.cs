using System.Runtime.InteropServices;

namespace Multiprocessing.Memory;

/// <summary>How far each side of a ring has come, in bytes since its beginning. Two cache lines apart: processors fetch them in pairs.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct SharedRingState
{
    /// <summary>Written by the writer alone.</summary>
    [FieldOffset(0)]
    public long Written;

    /// <summary>Written by the reader alone.</summary>
    [FieldOffset(128)]
    public long Read;
}
