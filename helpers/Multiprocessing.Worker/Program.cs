using Multiprocessing.Worker;
using Multiprocessing.Worker.Assemblies;

// Started by the helper assembly, never by hand. The channel stays open until the process ends: its end is how each side knows of the other's.
WorkerChannel? channel = WorkerChannel.Open(args);
if (channel is null)
{
    Console.Error.WriteLine("Multiprocessing.Worker is started by Multiprocessing.dll; it cannot be run by itself.");
    return 2;
}

return new WorkerLoop(channel.Frames, new ParentLibraries(channel.Frames)).Run();
