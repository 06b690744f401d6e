using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Memory;

/// <summary>Has the kernel map the pages of new memory all at once (Linux: madvise(2)), which takes half the time that it takes one by one, as each is touched.</summary>
internal static unsafe class WarmMemory
{
    public static void Populate(byte* start, long size)
    {
        if (OperatingSystem.IsLinux())
        {
            // A kernel from before 2021 does not know this, and nothing is lost.
            _ = Libc.AdviseMemory(start, (nuint)size, Libc.PopulateForWriting);
        }
    }
}
