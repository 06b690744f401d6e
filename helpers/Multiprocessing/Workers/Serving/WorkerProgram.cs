namespace Multiprocessing.Workers.Serving;

/// <summary>What this assembly is as a program: a worker. Started by its other half, the library, and never by hand.</summary>
internal static class WorkerProgram
{
    private static int Main(string[] args)
    {
        // The channel stays open until the process ends: its end is how each side knows of the other's.
        WorkerChannel? channel = WorkerChannel.Open(args);
        if (channel is null)
        {
            Console.Error.WriteLine("Multiprocessing.dll is a library. It starts itself as a program when a worker process is needed, and cannot be run by hand.");
            return 2;
        }

        return new WorkerLoop(channel.Frames, new ParentLibraries(channel.Frames)).Run();
    }
}
