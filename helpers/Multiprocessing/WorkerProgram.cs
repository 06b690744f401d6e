using System.Runtime.Versioning;
using Multiprocessing.Connections;
using Multiprocessing.Memory;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Launching;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing;

/// <summary>What this assembly is as a program: a worker. Started by its other half, the library, and never by hand.</summary>
internal static class WorkerProgram
{
    public static int Main(string[] args) => args switch
    {
        [SpawnLauncher.LineArgument, string memory, string events] => Run(WorkerLine.Inherit(SpawnLauncher.LineDescriptor), memory, events),
        [SpawnLauncher.LineArgument, string handle, string memory, string events] when OperatingSystem.IsWindows() => RunOnWindows(handle, memory, events),
        [PortableLauncher.PipeArgument, string pipe, string memory, string events] => Run(WorkerLine.Connect(pipe), memory, events),
        _ => Refuse(),
    };

    [SupportedOSPlatform("windows")]
    private static int RunOnWindows(string handle, string memory, string events)
    {
        WorkerConsole.SpeakUtf8();
        return Run(WorkerLine.Inherit(handle), memory, events);
    }

    private static int Run(Stream line, string memoryPath, string eventsPath)
    {
        if (MappedFile.TryOpen(memoryPath) is not { } memoryFile || MappedFile.TryOpen(eventsPath) is not { } eventsFile)
        {
            // The parent has ended meanwhile.
            return WorkerExit.Threw;
        }

        ConnectionMemory memory = new(memoryFile);
        ParentLine parent = new(memory, eventsFile, line);
        FrameSender sender = new(memory, parent);
        ParentLibraries libraries = new(sender);
        ShippedAssemblies assemblies = new(libraries);
        WorkerHost host = WorkerHost.Default;
        host.Resolver = assemblies;
        CallCancellation cancellation = new();
        ParentWatch watch = new();
        watch.Begin(line, libraries, cancellation, host.Termination, memory);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            sender.Send(FrameKind.Ending, [], []);
            sender.Wake();
        };
        Console.SetOut(new FrameWriter(sender, FrameKind.Output));
        Console.SetError(new FrameWriter(sender, FrameKind.ErrorOutput));
        return new WorkerServer(host, memory, parent, sender, assemblies, cancellation, watch).Run();
    }

    private static int Refuse()
    {
        Console.Error.WriteLine("Multiprocessing.dll is a library. It starts itself as a program when a worker process is needed, and cannot be run by hand.");
        return 2;
    }
}
