using System.Runtime.InteropServices;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Memory;

/// <summary>
/// A full fence that one process issues for another (Linux: membarrier(2)): where one side of a handshake is taken for every input and the other once in a while, the first
/// goes without a fence of its own, which would cost it as much as a small function.
/// </summary>
internal static class RemoteFence
{
    private const nint Issuance = 2;
    private const nint Registration = 4;

    /// <summary>The system call's number; zero where there is none.</summary>
    private static readonly nint Call = !OperatingSystem.IsLinux() ? 0 : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 324,
        Architecture.Arm64 => 283,
        _ => 0,
    };

    /// <summary>Has the threads of this process take part.</summary>
    /// <returns>False if there is no such thing here: each side has to fence for itself.</returns>
    public static bool TryRegister() => Call != 0 && Libc.SystemCall(Call, Registration, 0, 0) == 0;

    /// <summary>When it returns, every thread of every process that takes part has passed a full fence since the call; so has the caller.</summary>
    /// <returns>False if it is not to be had.</returns>
    public static bool TryIssue() => Libc.SystemCall(Call, Issuance, 0, 0) == 0;
}
