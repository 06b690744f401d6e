using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Queues;

/// <summary>How items of a type go into a queue and come out: as bits where that is all there is to them, else as object graphs. Thread-safe.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal static class ItemCodec<T>
{
    private const string RootName = "queue item";

    [SuppressMessage("Performance", "CA1802:Use literals where appropriate", Justification = "It depends on the type.")]
    private static readonly bool IsPlain = !RuntimeHelpers.IsReferenceOrContainsReferences<T>() && RawBits.IsPlain(typeof(T));
    private static readonly ArrayFactory? Array = ArrayFactory.TrySelect(typeof(T));

    /// <summary>Enqueues an item.</summary>
    /// <returns>False if there was no room in time.</returns>
    /// <exception cref="NotShippableException">The item cannot go to another process.</exception>
    public static bool TryEnqueue(QueueCore core, T item, in QueueCall call)
    {
        ItemBytes bytes = Encode(in item, RootName, core.Context, core.Assemblies, core.Sent);
        return core.TryEnqueue(bytes.Kind, in bytes.First, bytes.Length, call);
    }

    /// <summary>The bytes of an item, which stays as it is as long as they are used.</summary>
    /// <param name="item">The item.</param>
    /// <param name="rootName">What a reader calls it, for the message of an error.</param>
    /// <param name="context">The process's.</param>
    /// <param name="assemblies">Where the assemblies go that it needs.</param>
    /// <param name="sent">Keeps the shared objects in it.</param>
    /// <exception cref="NotShippableException">The item cannot go to another process.</exception>
    public static ItemBytes Encode(ref readonly T item, string rootName, SerializationContext context, QueueAssemblies assemblies, SentObjects sent)
    {
        if (IsPlain)
        {
            return new ItemBytes(RecordKind.Bits, in Unsafe.As<T, byte>(ref Unsafe.AsRef(in item)), Unsafe.SizeOf<T>());
        }

        if (item is null)
        {
            return new ItemBytes(RecordKind.Null, in Unsafe.NullRef<byte>(), 0);
        }

        if (typeof(T) == typeof(string))
        {
            ReadOnlySpan<byte> text = TextBytes.Of((string)(object)item);
            return new ItemBytes(RecordKind.Bits, in MemoryMarshal.GetReference(text), text.Length);
        }

        // An int[] variable may hold a uint[].
        if (Array is { } form && item.GetType() == typeof(T))
        {
            Array array = (Array)(object)item;
            return new ItemBytes(RecordKind.Bits, in MemoryMarshal.GetArrayDataReference(array), array.LongLength * form.ElementSize);
        }

        Shipment shipment = Shipment.Pack(item, rootName, context);
        if (shipment.Assemblies.Count > 0)
        {
            assemblies.Leave(shipment.Assemblies);
        }

        sent.Keep(shipment.Shared);
        return new ItemBytes(RecordKind.Graph, in MemoryMarshal.GetReference(shipment.Payload.Span), shipment.Payload.Length);
    }

    /// <summary>Dequeues an item for good.</summary>
    /// <exception cref="InvalidDataException">It could not be rebuilt here. It is not in the queue any more.</exception>
    public static DequeueResult Dequeue(QueueCore core, out T item, in QueueCall call) => Dequeue(core, out item, out _, onLease: false, call);

    /// <summary>Dequeues an item, which is this process's until it is settled.</summary>
    /// <exception cref="InvalidDataException">It could not be rebuilt here. It is not in the queue any more.</exception>
    public static DequeueResult Dequeue(QueueCore core, out T item, out QueueLease lease, in QueueCall call) => Dequeue(core, out item, out lease, onLease: true, call);

    private static DequeueResult Dequeue(QueueCore core, out T item, out QueueLease lease, bool onLease, in QueueCall call)
    {
        DequeueResult result = core.BeginDequeue(call, out Record record);
        item = default!;
        lease = default;
        if (result != DequeueResult.Item)
        {
            return result;
        }

        byte[]? graph = null;
        bool taken = false;
        try
        {
            if (record.Kind == RecordKind.Graph)
            {
                // Rebuilding runs the code of the item's own types, which may take its time. Nobody shall wait for that.
                graph = GC.AllocateUninitializedArray<byte>((int)record.Length);
                Copy(record, ref MemoryMarshal.GetArrayDataReference(graph));
            }
            else if (record.Kind == RecordKind.Bits)
            {
                item = Read(record);
            }

            taken = true;
        }
        finally
        {
            if (onLease && taken)
            {
                lease = core.EndDequeueOnLease(record);
            }
            else
            {
                core.EndDequeue(record, taken);
            }
        }

        if (graph is not null)
        {
            try
            {
                item = Unpack(graph, "An item of the queue", core.Context, core.Assemblies);
            }
            catch (InvalidDataException) when (onLease)
            {
                // It would go round for ever.
                core.Settle(lease, isDone: true);
                throw;
            }
        }

        return result;
    }

    /// <summary>Rebuilds an item that is bits.</summary>
    public static unsafe T Read(in Record record)
    {
        if (IsPlain)
        {
            return Unsafe.ReadUnaligned<T>(record.Content);
        }

        if (typeof(T) == typeof(string))
        {
            return (T)(object)new string((char*)record.Content, 0, (int)(record.Length / sizeof(char)));
        }

        Array array = Array!.Allocate((int)(record.Length / Array.ElementSize));
        Copy(record, ref MemoryMarshal.GetArrayDataReference(array));
        return (T)(object)array;
    }

    private static unsafe void Copy(in Record record, ref byte target)
    {
        fixed (byte* place = &target)
        {
            Buffer.MemoryCopy(record.Content, place, record.Length, record.Length);
        }
    }

    /// <summary>Rebuilds an item that is an object graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="what">What it is, for the message of an error.</param>
    /// <param name="context">The process's.</param>
    /// <param name="assemblies">Where the assemblies are that it may need.</param>
    /// <exception cref="InvalidDataException">It could not be rebuilt here.</exception>
    public static T Unpack(byte[] graph, string what, SerializationContext context, QueueAssemblies assemblies)
    {
        try
        {
            return (T)Shipment.Unpack(graph, context, resolver: assemblies)!;
        }
#pragma warning disable CA1031 // Whatever the code of the item's own types does; the caller is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Exception cause = e is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : e;
            throw new InvalidDataException($"{what} could not be rebuilt here: {cause.Message}", cause);
        }
    }
}

/// <summary>Makes arrays whose elements are nothing but bits, to be overwritten at once.</summary>
internal abstract class ArrayFactory
{
    public abstract int ElementSize { get; }

    /// <summary>The form of an array type; null if it is none of these.</summary>
    public static ArrayFactory? TrySelect(Type type) =>
        type.IsSZArray && type.GetElementType() is { IsPointer: false, IsFunctionPointer: false } element && RawBits.IsPlain(element)
            ? (ArrayFactory)Activator.CreateInstance(typeof(Of<>).MakeGenericType(element))!
            : null;

    public abstract Array Allocate(int length);

    [SuppressMessage("Performance", "CA1812:Avoid uninstantiated internal classes", Justification = "By reflection, for an element type.")]
    private sealed class Of<T> : ArrayFactory
    {
        public override int ElementSize => Unsafe.SizeOf<T>();

        public override Array Allocate(int length) => GC.AllocateUninitializedArray<T>(length);
    }
}
