using Multiprocessing.Worker;

// Started by the helper assembly, never by hand.
using WorkerChannel? channel = WorkerChannel.Open(args);
if (channel is null)
{
    Console.Error.WriteLine("Multiprocessing.Worker is started by Multiprocessing.dll; it cannot be run by itself.");
    return 2;
}

return new WorkerLoop(channel.Frames).Run();
