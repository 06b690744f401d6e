using System.Reflection;

namespace Multiprocessing.Benchmarks.Queues;

/// <summary>A queue of Cloudtoid.Interprocess with both its ends here.</summary>
internal sealed class InterprocessQueue : IDisposable
{
    /// <summary>Room for some ten messages, so that all of it stays in the processor's cache, as it does where its authors measure it.</summary>
    private const long Capacity = 1024;

    private const string Namespace = "Cloudtoid.Interprocess.";

    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("interprocess-");
    private readonly IDisposable _publisher;
    private readonly IDisposable _subscriber;

    /// <param name="assembly">Theirs.</param>
    /// <exception cref="InvalidOperationException">It is another one, or has changed.</exception>
    public InterprocessQueue(Assembly assembly)
    {
        try
        {
            object factory = Activator.CreateInstance(assembly.GetType(Namespace + "QueueFactory", throwOnError: true)!)!;
            object options = Activator.CreateInstance(assembly.GetType(Namespace + "QueueOptions", throwOnError: true)!, _name, _folder.FullName, Capacity)!;
            _publisher = (IDisposable)factory.GetType().GetMethod("CreatePublisher")!.Invoke(factory, [options])!;
            _subscriber = (IDisposable)factory.GetType().GetMethod("CreateSubscriber")!.Invoke(factory, [options])!;
            TryEnqueue = _publisher.GetType().GetMethod("TryEnqueue", [typeof(ReadOnlySpan<byte>)])!.CreateDelegate<Enqueueing>(_publisher);
            Dequeue = _subscriber.GetType().GetMethod("Dequeue", [typeof(CancellationToken)])!.CreateDelegate<Func<CancellationToken, ReadOnlyMemory<byte>>>(_subscriber);
            DequeueInto = _subscriber.GetType().GetMethod("Dequeue", [typeof(Memory<byte>), typeof(CancellationToken)])!.CreateDelegate<Func<Memory<byte>, CancellationToken, ReadOnlyMemory<byte>>>(_subscriber);
        }
        catch (Exception e) when (e is TypeLoadException or MissingMethodException or NullReferenceException or TargetInvocationException)
        {
            throw new InvalidOperationException($"'{assembly.Location}' is no Cloudtoid.Interprocess as it was in version 2: {e.Message}", e);
        }
    }

    public delegate bool Enqueueing(ReadOnlySpan<byte> message);

    /// <summary>Copies a message into the queue.</summary>
    public Enqueueing TryEnqueue { get; }

    /// <summary>Waits for a message, and takes it as a new array.</summary>
    public Func<CancellationToken, ReadOnlyMemory<byte>> Dequeue { get; }

    /// <summary>Waits for a message, and copies it into a buffer.</summary>
    public Func<Memory<byte>, CancellationToken, ReadOnlyMemory<byte>> DequeueInto { get; }

    public void Dispose()
    {
        _subscriber.Dispose();
        _publisher.Dispose();
        _folder.Delete(recursive: true);
        if (OperatingSystem.IsLinux())
        {
            // It leaves its semaphore, which is a file there.
            File.Delete($"/dev/shm/sem.ct.ip.{_name}");
        }
    }
}
