using System.ComponentModel;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Workers.Launching;

/// <summary>
/// Starts workers by <c>posix_spawn</c>, which copies nothing of the parent, however large it is. The worker gets one end of a socket pair that no
/// other process can open, pipes for its output, an empty standard input, and a process group of its own, so that what it starts ends with it
/// and a Ctrl-C in the terminal is the parent's affair alone.
/// </summary>
internal sealed unsafe class SpawnLauncher : WorkerLauncher
{
    /// <summary>Where the worker finds its end of the channel.</summary>
    public const int ChannelDescriptor = 3;

    /// <summary>Tells the worker to look there.</summary>
    public const string ChannelArgument = "--channel";

    /// <summary>In characters; each may take three bytes.</summary>
    private const int LargestVariable = 40 * 1024;

    /// <summary>Larger than any C library's <c>posix_spawn_file_actions_t</c>, <c>posix_spawnattr_t</c> and <c>sigset_t</c>.</summary>
    private const int OpaqueSize = 1024;

    public override LaunchedWorker Launch(int? processors)
    {
        Dictionary<string, string> environment = WorkerCommand.CurrentEnvironment();

        // The kernel takes no string of more than 128 KiB. A worker is told such a variable with its call, as one that has changed.
        foreach (string name in environment.Keys.Where(name => name.Length + environment[name].Length > LargestVariable).ToArray())
        {
            environment.Remove(name);
        }

        int* channel = stackalloc int[2];
        int* output = stackalloc int[2];
        int* error = stackalloc int[2];
        Check(Libc.SocketPair(Libc.AfUnix, Libc.SockStream | Libc.CloseOnExecSocket, 0, channel), "socketpair");
        Check(Libc.Pipe2(output, Libc.CloseOnExec), "pipe");
        Check(Libc.Pipe2(error, Libc.CloseOnExec), "pipe");
        try
        {
            int process = Spawn(channel[1], output[1], error[1], EnvironmentForWorker(environment, processors));
            return new SpawnedWorker(process, Open(channel[0], FileAccess.ReadWrite), Open(output[0], FileAccess.Read), Open(error[0], FileAccess.Read))
            {
                Environment = environment,
                Processors = processors,
            };
        }
        catch
        {
            _ = Libc.Close(channel[0]);
            _ = Libc.Close(output[0]);
            _ = Libc.Close(error[0]);
            throw;
        }
        finally
        {
            _ = Libc.Close(channel[1]);
            _ = Libc.Close(output[1]);
            _ = Libc.Close(error[1]);
        }
    }

    private static int Spawn(int channel, int output, int error, Dictionary<string, string> environment)
    {
        byte* actions = stackalloc byte[OpaqueSize];
        byte* attributes = stackalloc byte[OpaqueSize];
        byte* signals = stackalloc byte[OpaqueSize];
        List<string> assignments = new(environment.Count);
        foreach ((string name, string value) in environment)
        {
            assignments.Add($"{name}={value}");
        }

        using NativeStrings arguments = new([WorkerCommand.Host, .. WorkerCommand.Arguments, ChannelArgument]);
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
                _ = Libc.FileActionsAddDup2(actions, channel, ChannelDescriptor);
                CloseAbove(actions, ChannelDescriptor);

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
                    : throw new Win32Exception(failure, $"Cannot start a worker process ({WorkerCommand.Host}): {new Win32Exception(failure).Message}");
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
