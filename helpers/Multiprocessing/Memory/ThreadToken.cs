namespace Multiprocessing.Memory;

/// <summary>
/// A number that names one thread of one process of this system and no other, as the owner of a shared lock: never zero, and with bit 31 clear, which the lock
/// needs for itself. Thread-safe.
/// </summary>
internal static class ThreadToken
{
    private static readonly bool IsLinux = OperatingSystem.IsLinux();
    private static readonly bool IsWindows = OperatingSystem.IsWindows();

    [ThreadStatic]
    private static long t_current;

    /// <summary>The calling thread's.</summary>
    public static long Current => t_current != 0 ? t_current : t_current = IsLinux ? LinuxThreadToken.Make() : IsWindows ? WindowsThreadToken.Make() : PortableThreadToken.Make();

    /// <summary>Whether the thread has not ended, as far as this process can tell.</summary>
    public static bool IsAlive(long token) =>
        IsLinux ? LinuxThreadToken.IsAlive(token) : IsWindows ? WindowsThreadToken.IsAlive(token) : PortableThreadToken.IsAlive(token);

    /// <summary>Whether the thread has ended, by a look that takes less than a microsecond where <see cref="IsAlive"/> takes some ten. It may not tell yet of one whose parent has not noticed its end, nor of one whose number is another's by now.</summary>
    public static bool HasSurelyEnded(long token) => IsLinux ? LinuxThreadToken.HasSurelyEnded(token) : !IsAlive(token);
}
