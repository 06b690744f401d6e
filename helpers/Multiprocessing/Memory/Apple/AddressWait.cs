using System.Runtime.InteropServices;

namespace Multiprocessing.Memory.Apple;

/// <summary>
/// macOS's wait for a word of memory that several processes map (<c>os/os_sync_wait_on_address.h</c>, since macOS 14.4): compared with the value under the kernel's own lock, as Linux does it, and found again by the
/// memory itself, at whatever address each process has it. Thread-safe.
/// </summary>
internal static unsafe partial class AddressWait
{
    /// <summary>OS_SYNC_WAIT_ON_ADDRESS_SHARED, and OS_SYNC_WAKE_BY_ADDRESS_SHARED.</summary>
    private const uint Shared = 1;

    /// <summary>OS_CLOCK_MACH_ABSOLUTE_TIME, the only clock there is.</summary>
    private const uint Clock = 32;

    private const nuint WordSize = sizeof(int);
    private const int Interrupted = 4;
    private const int TimedOut = 60;

    private static readonly bool IsThere = OperatingSystem.IsMacOS() && NativeLibrary.TryLoad("/usr/lib/libSystem.B.dylib", out nint library)
        && NativeLibrary.TryGetExport(library, "os_sync_wait_on_address_with_timeout", out _);

    /// <summary>Sleeps while the word has that value, but not longer than the limit; may return sooner.</summary>
    /// <returns>False if the caller must pass its time in another way: this system cannot do it, or refuses to.</returns>
    public static bool TryWait(int* word, int value, TimeSpan limit) => IsThere

        // No time at all is an error there.
        && limit > TimeSpan.Zero
        && (Wait(word, (uint)value, WordSize, Shared, Clock, (ulong)limit.Ticks * 100) >= 0 || Marshal.GetLastPInvokeError() is TimedOut or Interrupted);

    /// <summary>Wakes one that sleeps, or all. That nobody does is reported as an error, and is none.</summary>
    public static void Wake(int* word, bool all)
    {
        if (IsThere)
        {
            _ = all ? WakeAll(word, WordSize, Shared) : WakeAny(word, WordSize, Shared);
        }
    }

    [LibraryImport("libc", EntryPoint = "os_sync_wait_on_address_with_timeout", SetLastError = true)]
    private static partial int Wait(void* address, ulong value, nuint size, uint flags, uint clock, ulong nanoseconds);

    [LibraryImport("libc", EntryPoint = "os_sync_wake_by_address_any")]
    private static partial int WakeAny(void* address, nuint size, uint flags);

    [LibraryImport("libc", EntryPoint = "os_sync_wake_by_address_all")]
    private static partial int WakeAll(void* address, nuint size, uint flags);
}
