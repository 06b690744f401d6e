using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NotebookRunner.Kernels;

/// <summary>
/// A group of processes that are killed together. The embedded kernel leads one, so that what its cells started is found
/// even after the kernel itself is gone, when nothing but the group still tells whose children they were.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static partial class UnixProcessGroup
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    /// <summary>Makes this process the leader of a new group.</summary>
    public static void Lead() => _ = SetProcessGroup(0, 0);

    /// <summary>Kills every process of the group. Does nothing if there is none (any more).</summary>
    public static void Kill(int leader) => _ = SendSignal(-leader, SigKill);

    /// <summary>Asks every process of the group to end, the calling one included.</summary>
    public static void Terminate(int leader) => _ = SendSignal(-leader, SigTerm);

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int processId, int groupId);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
