using Multiprocessing.Memory;
using Multiprocessing.Queues;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>Makes pipes between two processes, or threads: what is sent at one end is received at the other, both ways. One end is for sending to a worker.</summary>
public static class ProcessPipe
{
    /// <summary>Makes a pipe both of whose ends send and receive the same.</summary>
    /// <typeparam name="T">The type of what is sent: whatever can be sent to another process.</typeparam>
    /// <returns>The two ends.</returns>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static (ProcessPipeEnd<T, T> First, ProcessPipeEnd<T, T> Second) Create<T>() => Create<T, T>();

    /// <summary>Makes a pipe.</summary>
    /// <typeparam name="TFirst">The type of what the first end sends and the second receives.</typeparam>
    /// <typeparam name="TSecond">The type of what the second end sends and the first receives.</typeparam>
    /// <inheritdoc cref="Create{T}" path="/returns"/>
    /// <inheritdoc cref="Create{T}" path="/exception"/>
    public static (ProcessPipeEnd<TFirst, TSecond> First, ProcessPipeEnd<TSecond, TFirst> Second) Create<TFirst, TSecond>() => Create<TFirst, TSecond>(WorkerHost.Default);

    internal static (ProcessPipeEnd<TFirst, TSecond> First, ProcessPipeEnd<TSecond, TFirst> Second) Create<TFirst, TSecond>(SerializationContext context)
    {
        ProcessQueue<TFirst> there = new(null, context);
        ProcessQueue<TSecond> back = new(null, context);
        Segment first = PipeHolders.Create(context.Memory);
        Segment second = PipeHolders.Create(context.Memory);
        first.AddUser();
        second.AddUser();
        return (
            new ProcessPipeEnd<TFirst, TSecond>(there, back, new PipeHold(first, context), new PipeWatch(second, context)),
            new ProcessPipeEnd<TSecond, TFirst>(new(context, back), new(context, there), new PipeHold(second, context), new PipeWatch(first, context)));
    }
}
