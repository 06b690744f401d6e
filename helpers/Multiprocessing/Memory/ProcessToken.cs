namespace Multiprocessing.Memory;

/// <summary>A number that names one process of this system and no other: its number and its start time, since numbers come again. Thread-safe.</summary>
internal static class ProcessToken
{
    private static long s_own;

    /// <summary>This process's.</summary>
    public static long Own => s_own != 0 ? s_own : s_own = Of(Environment.ProcessId);

    /// <summary>That of the process that has this number now; zero if none has.</summary>
    public static long Of(int process) => OperatingSystem.IsLinux() ? LinuxThreadToken.Of(process) : PortableThreadToken.OfProcess(process);

    /// <summary>The operating system's number of the process.</summary>
    public static int IdOf(long token) => (int)token;

    /// <summary>Whether the process has not ended.</summary>
    public static bool IsAlive(long token) => token == Own || Of(IdOf(token)) == token;
}
