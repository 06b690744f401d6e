using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Connections;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary>
/// Starts workers by <c>CreateProcess</c>. The worker inherits one end of a pipe that no other process can open, pipes for its output and an empty standard input, and nothing else; gets a job of its own, so that what
/// it starts ends with it; and a console of its own that nobody sees, so that a Ctrl-C is the parent's affair alone, and what it starts opens no window either.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class WindowsLauncher : WorkerLauncher
{
    // Made when it is first asked for: a worker has a launcher and starts nothing, as a rule.
    private readonly Lazy<byte[]> _security = new(WorkerPipe.OnlyThisUser);

    public override ChildProcess Launch(IReadOnlyDictionary<string, string> environment, string memory, string events, int? processors)
    {
        WorkerJob? job = null;
        WorkerPipe? line = null, output = null, error = null;
        bool hasStarted = false;
        try
        {
            job = new WorkerJob();
            line = WorkerPipe.CreateLine(_security.Value);
            output = WorkerPipe.CreateOutput(_security.Value);
            error = WorkerPipe.CreateOutput(_security.Value);
            string inherited = line.Workers.DangerousGetHandle().ToString(CultureInfo.InvariantCulture);
            string command = CommandLine.Join(Command.Host, [.. Command.ArgumentsIn(Path.GetDirectoryName(events)!), SpawnLauncher.LineArgument, inherited, memory, events]);
            using SafeFileHandle input = OpenNothing();
            ProcessInformation started = Start(command, EnvironmentBlock.Of(EnvironmentForWorker(environment, processors)), job, [input, output.Workers, error.Workers, line.Workers]);
            hasStarted = true;
            SafeProcessHandle process = new(started.Process, ownsHandle: true);
            return new WindowsProcess(
                started.ProcessId, process, job, new OverlappedPipe(line.Own, process), new OverlappedPipe(output.Own), new OverlappedPipe(error.Own)) { Environment = environment };
        }
        catch (Win32Exception e)
        {
            throw new Win32Exception(e.NativeErrorCode, $"Cannot start a worker process ({Command.Host}): {e.Message}");
        }
        finally
        {
            line?.Workers.Dispose();
            output?.Workers.Dispose();
            error?.Workers.Dispose();
            if (!hasStarted)
            {
                job?.Dispose();
                line?.Own.Dispose();
                output?.Own.Dispose();
                error?.Own.Dispose();
            }
        }
    }

    private static SafeFileHandle OpenNothing()
    {
        fixed (char* name = "NUL")
        {
            return Kernel32.CreateFile(name, Kernel32.GenericRead, Kernel32.ShareReadAndWrite, null, Kernel32.OpenExisting, 0, 0);
        }
    }

    /// <summary>Starts a process in a job, with these handles: its input, output and error first.</summary>
    private ProcessInformation Start(string command, string environment, WorkerJob job, ReadOnlySpan<SafeFileHandle> inherited)
    {
        const int attributeCount = 2;
        nuint size = 0;
        _ = Kernel32.InitializeAttributes(null, attributeCount, 0, &size);
        void* attributes = NativeMemory.Alloc(size);
        try
        {
            Check(Kernel32.InitializeAttributes(attributes, attributeCount, 0, &size));
            try
            {
                nint jobHandle = job.Handle.DangerousGetHandle();
                nint* handles = stackalloc nint[inherited.Length];
                for (int i = 0; i < inherited.Length; i++)
                {
                    handles[i] = inherited[i].DangerousGetHandle();
                }

                // Windows 10 and Windows Server 2016 know the first, and older ones no .NET of today: so there is no moment at which it runs in no job.
                Check(Kernel32.UpdateAttribute(attributes, 0, Kernel32.AttributeJobList, &jobHandle, (nuint)sizeof(nint), null, null));
                Check(Kernel32.UpdateAttribute(attributes, 0, Kernel32.AttributeHandleList, handles, (nuint)(inherited.Length * sizeof(nint)), null, null));
                StartupInfo startup = new()
                {
                    Size = sizeof(StartupInfo),
                    Flags = Kernel32.UseStandardHandles,
                    Input = handles[0],
                    Output = handles[1],
                    Error = handles[2],
                    Attributes = attributes,
                };
                return Start(command, environment, &startup, inherited);
            }
            finally
            {
                Kernel32.DeleteAttributes(attributes);
            }
        }
        finally
        {
            NativeMemory.Free(attributes);
        }
    }

    private ProcessInformation Start(string command, string environment, StartupInfo* startup, ReadOnlySpan<SafeFileHandle> inherited)
    {
        // The system writes into the command.
        char[] commandLine = [.. command, '\0'];
        ProcessInformation process;

        // A process keeps the folder where it stands from being deleted, and one that waits in stock stands nowhere in particular. With its call it is told where the parent stands.
        fixed (char* program = Command.Host, line = commandLine, variables = environment, folder = Environment.SystemDirectory)
        {
            // From here until they are closed, right after the call, any process that another thread starts inherits them, unless it says as well what it inherits: so nothing waits for the end of these pipes alone.
            foreach (SafeFileHandle handle in inherited)
            {
                Check(Kernel32.SetHandleInformation(handle, Kernel32.HandleInherit, Kernel32.HandleInherit));
            }

            Check(Kernel32.CreateProcess(
                program, line, null, null, inheritHandles: 1, Kernel32.UnicodeEnvironment | Kernel32.ExtendedStartupInfo | Kernel32.NoWindow, variables, folder, startup, &process));
        }

        _ = Kernel32.CloseHandle(process.Thread);
        return process;
    }

    private static void Check(int result)
    {
        if (result == 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }
}
