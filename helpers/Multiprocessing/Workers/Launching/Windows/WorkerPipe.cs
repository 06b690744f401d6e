using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Cryptography;
using System.Security.Principal;
using Microsoft.Win32.SafeHandles;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary>
/// A pipe, both of whose ends this process opens: one to keep, one for a worker to inherit. It has a name, since only such a pipe can be read and written at the same time, but nobody can guess it, and nobody could
/// open another end.
/// </summary>
/// <param name="Own">This process's end: overlapped.</param>
/// <param name="Workers">The worker's end. Not to be inherited yet.</param>
internal sealed record WorkerPipe(SafeFileHandle Own, SafeFileHandle Workers)
{
    /// <summary>As a worker writes more than that without anybody reading, it waits.</summary>
    private const int Capacity = 64 * 1024;

    /// <summary>Makes the line, which goes both ways. The worker's end is overlapped, too.</summary>
    /// <exception cref="Win32Exception">The system has no room for it.</exception>
    public static WorkerPipe CreateLine(ReadOnlySpan<byte> security) => Create(Kernel32.PipeDuplex, Kernel32.GenericRead | Kernel32.GenericWrite, Kernel32.Overlapped, security);

    /// <summary>Makes one for the worker to write to, and whatever it starts: the worker's end is what any program expects of an output.</summary>
    /// <exception cref="Win32Exception">The system has no room for it.</exception>
    public static WorkerPipe CreateOutput(ReadOnlySpan<byte> security) => Create(Kernel32.PipeInbound, Kernel32.GenericWrite | Kernel32.ReadAttributes, 0, security);

    /// <summary>What says that a pipe is this user's alone.</summary>
    [SupportedOSPlatform("windows")]
    public static byte[] OnlyThisUser()
    {
        using WindowsIdentity identity = WindowsIdentity.GetCurrent();
        RawSecurityDescriptor descriptor = new($"D:P(A;;GA;;;{identity.User})");
        byte[] bytes = new byte[descriptor.BinaryLength];
        descriptor.GetBinaryForm(bytes, 0);
        return bytes;
    }

    private static unsafe WorkerPipe Create(uint direction, uint access, uint workerFlags, ReadOnlySpan<byte> security)
    {
        string name = $@"\\.\pipe\multiprocessing-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        fixed (char* path = name)
        fixed (byte* descriptor = security)
        {
            SecurityAttributes attributes = new() { Size = sizeof(SecurityAttributes), Descriptor = descriptor };
            SafeFileHandle own = Check(Kernel32.CreateNamedPipe(
                path, direction | Kernel32.Overlapped | Kernel32.FirstPipeInstance, Kernel32.RejectRemoteClients, instances: 1, Capacity, Capacity, timeout: 0, &attributes));
            try
            {
                return new WorkerPipe(own, Check(Kernel32.CreateFile(path, access, share: 0, null, Kernel32.OpenExisting, workerFlags, 0)));
            }
            catch
            {
                own.Dispose();
                throw;
            }
        }
    }

    private static SafeFileHandle Check(SafeFileHandle handle)
    {
        if (!handle.IsInvalid)
        {
            return handle;
        }

        int failure = Marshal.GetLastPInvokeError();
        handle.Dispose();
        throw new Win32Exception(failure);
    }
}
