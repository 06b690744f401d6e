using System.ComponentModel;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Connections;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Workers.Launching;

/// <summary>
/// Starts workers by <c>posix_spawn</c>, which copies nothing of the parent, however large it is. The worker gets one end of a socket pair that no
/// other process can open, pipes for its output, an empty standard input, and a process group of its own, so that what it starts ends with it
/// and a Ctrl-C in the terminal is the parent's affair alone.
/// </summary>
internal sealed unsafe class SpawnLauncher : WorkerLauncher
{
    /// <summary>Where the worker finds its end of the line.</summary>
    public const int LineDescriptor = 3;

    /// <summary>Tells the worker to look there.</summary>
    public const string LineArgument = "--line";

    /// <summary>In characters; each may take three bytes.</summary>
    private const int LargestVariable = 40 * 1024;

    /// <summary>Larger than any C library's <c>posix_spawn_file_actions_t</c>, <c>posix_spawnattr_t</c> and <c>sigset_t</c>.</summary>
    private const int OpaqueSize = 1024;

    public override ChildProcess Launch(IReadOnlyDictionary<string, string> environment, string memory, string events, int? processors)
    {
        // The kernel takes no string of more than 128 KiB. A worker is told such a variable with its call, as one that has changed.
        IReadOnlyDictionary<string, string> told = environment.Where(static variable => variable.Key.Length + variable.Value.Length <= LargestVariable).ToDictionary(StringComparer.Ordinal);

        // What is this process's own first, then what the worker gets. None is closed that was not opened: there may be no descriptor left.
        int* ends = stackalloc int[6] { -1, -1, -1, -1, -1, -1 };
        try
        {
            Check(Libc.SocketPair(Libc.AfUnix, Libc.SockStream | Libc.CloseOnExecSocket, 0, ends), "socketpair");
            Check(Libc.Pipe2(ends + 2, Libc.CloseOnExec), "pipe");
            Check(Libc.Pipe2(ends + 4, Libc.CloseOnExec), "pipe");
            string[] arguments = [Command.Host, .. Command.ArgumentsIn(Path.GetDirectoryName(events)!), LineArgument, memory, events];
            int line = ends[1], output = ends[3], error = ends[5];
            int process = StartWithin(ref told, processors, variables => Spawn(arguments, line, output, error, variables));
            return new SpawnedProcess(process, Open(ends[0], FileAccess.ReadWrite), Open(ends[2], FileAccess.Read), Open(ends[4], FileAccess.Read)) { Environment = told };
        }
        catch
        {
            Close(ends[0]);
            Close(ends[2]);
            Close(ends[4]);
            throw;
        }
        finally
        {
            Close(ends[1]);
            Close(ends[3]);
            Close(ends[5]);
        }
    }

    private static void Close(int descriptor)
    {
        if (descriptor >= 0)
        {
            _ = Libc.Close(descriptor);
        }
    }

    private int Spawn(string[] command, int line, int output, int error, Dictionary<string, string> environment)
    {
        byte* actions = stackalloc byte[OpaqueSize];
        byte* attributes = stackalloc byte[OpaqueSize];
        byte* signals = stackalloc byte[OpaqueSize];
        List<string> assignments = new(environment.Count);
        foreach ((string name, string value) in environment)
        {
            assignments.Add($"{name}={value}");
        }

        using NativeStrings arguments = new([.. command]);
        using NativeStrings variables = new(assignments);

        Check(Libc.FileActionsInit(actions), "posix_spawn_file_actions_init");
        Check(Libc.AttributesInit(attributes), "posix_spawnattr_init");
        try
        {
            fixed (byte* nowhere = "/dev/null\0"u8)
            {
                _ = Libc.FileActionsAddOpen(actions, 0, nowhere, Libc.ReadOnly, 0);
                _ = Libc.FileActionsAddDup2(actions, output, 1);
                _ = Libc.FileActionsAddDup2(actions, error, 2);
                _ = Libc.FileActionsAddDup2(actions, line, LineDescriptor);
                CloseAbove(actions, LineDescriptor);

                // The parent's runtime ignores and blocks signals for its own purposes; the worker starts with a clean slate.
                _ = Libc.SignalsAll(signals);
                _ = Libc.AttributesSetSignalDefault(attributes, signals);
                _ = Libc.SignalsNone(signals);
                _ = Libc.AttributesSetSignalMask(attributes, signals);
                _ = Libc.AttributesSetProcessGroup(attributes, 0);
                _ = Libc.AttributesSetFlags(attributes, Libc.SpawnSetProcessGroup | Libc.SpawnSetSignalDefault | Libc.SpawnSetSignalMask);

                int process;
                int failure = Libc.PosixSpawn(&process, arguments.First, actions, attributes, arguments.Pointers, variables.Pointers);
                return failure == 0
                    ? process
                    : throw new Win32Exception(failure, $"Cannot start a worker process ({Command.Host}): {new Win32Exception(failure).Message}");
            }
        }
        finally
        {
            _ = Libc.AttributesDestroy(attributes);
            _ = Libc.FileActionsDestroy(actions);
        }
    }

    /// <summary>What native code of this process has opened to be inherited is not meant for workers.</summary>
    private static void CloseAbove(void* actions, int descriptor)
    {
        try
        {
            _ = Libc.FileActionsAddCloseFrom(actions, descriptor + 1);
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library (before glibc 2.34). .NET itself opens nothing to be inherited.
        }
    }

    private static FileStream Open(int descriptor, FileAccess access) =>
        new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);

    private static void Check(int result, string call)
    {
        if (result != 0)
        {
            int failure = System.Runtime.InteropServices.Marshal.GetLastSystemError();
            throw new Win32Exception(failure, $"Cannot start a worker process: {call}: {new Win32Exception(failure).Message}");
        }
    }
}
