using System.Runtime.CompilerServices;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// A value in memory that processes share. Sent to a worker, alone or in other data, it is the same value there: each sees what the other writes.
/// </summary>
/// <typeparam name="T">A number, an enum, or a struct of such, without references or addresses.</typeparam>
/// <remarks>
/// Thread-safe and process-safe for types of 1, 2, 4 or 8 bytes: each read, each write, <see cref="Exchange"/>, <see cref="CompareExchange"/>, and for numbers
/// <c>Add</c>, <c>Increment</c> and <c>Decrement</c> (<see cref="SharedValueArithmetic"/>) is atomic. <c>v.Value += 1</c> is a read and a write, and other processes may
/// write in between: use <c>Add</c>, or <see cref="Lock"/>. Values of other sizes may be read half written: use <see cref="Lock"/>.
/// <para>The process that made the value keeps its name for others to find: until it disposes of it, or ends. Who has it by then keeps it. One that a worker
/// made and returned belongs to the process that receives it.</para>
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed unsafe class SharedValue<T> : IDisposable, ISharedObject
    where T : unmanaged
{
    private T* _place;
    private Segment _segment = null!;
    private SerializationContext _context = null!;
    private ProcessLock? _lock;
    private bool _disposed;

    /// <summary>Makes a shared value.</summary>
    /// <param name="value">What it is at first.</param>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> holds an address or a native-sized number, which means nothing in another process.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public SharedValue(T value = default)
        : this(value, WorkerHost.Default)
    {
    }

    internal SharedValue(T value, SerializationContext context)
    {
        SharedData.Check(typeof(T));
        ((ISharedObject)this).Attach(context.Memory.Create(sizeof(T)), context);
        *_place = value;
    }

    /// <summary>The value as it is at this moment.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public T Value
    {
        get
        {
            // Volatile, so that a loop which waits for another process's write sees it.
            T* place = Place;
            T value = sizeof(T) switch
            {
                1 => Unsafe.BitCast<byte, T>(Volatile.Read(ref *(byte*)place)),
                2 => Unsafe.BitCast<short, T>(Volatile.Read(ref *(short*)place)),
                4 => Unsafe.BitCast<int, T>(Volatile.Read(ref *(int*)place)),
                8 => Unsafe.BitCast<long, T>(Volatile.Read(ref *(long*)place)),
                _ => *place,
            };
            GC.KeepAlive(this);
            return value;
        }

        set
        {
            T* place = Place;
            switch (sizeof(T))
            {
                case 1:
                    Volatile.Write(ref *(byte*)place, Unsafe.BitCast<T, byte>(value));
                    break;
                case 2:
                    Volatile.Write(ref *(short*)place, Unsafe.BitCast<T, short>(value));
                    break;
                case 4:
                    Volatile.Write(ref *(int*)place, Unsafe.BitCast<T, int>(value));
                    break;
                case 8:
                    Volatile.Write(ref *(long*)place, Unsafe.BitCast<T, long>(value));
                    break;
                default:
                    *place = value;
                    break;
            }

            GC.KeepAlive(this);
        }
    }

    /// <summary>A lock for the value, the same one in every process. Nothing takes it by itself.</summary>
    /// <exception cref="ObjectDisposedException">The value has been disposed of.</exception>
    public ProcessLock Lock
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return SharedData.LockOf(ref _lock, _segment, _context);
        }
    }

    /// <summary>Where the value is. Valid while this object is reachable.</summary>
    internal T* Place
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _place;
        }
    }

    internal bool IsDisposed => _disposed;

    Segment? ISharedObject.Segment => _disposed ? null : _segment;

    internal static string Title => $"SharedValue<{typeof(T).Name}>";

    /// <summary>Sets the value, and gives the one that was there, in one step.</summary>
    /// <param name="value">The new value.</param>
    /// <returns>The value before.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not of 1, 2, 4 or 8 bytes.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public T Exchange(T value)
    {
        T* place = Place;
        T before = sizeof(T) switch
        {
            1 => Unsafe.BitCast<byte, T>(Interlocked.Exchange(ref *(byte*)place, Unsafe.BitCast<T, byte>(value))),
            2 => Unsafe.BitCast<short, T>(Interlocked.Exchange(ref *(short*)place, Unsafe.BitCast<T, short>(value))),
            4 => Unsafe.BitCast<int, T>(Interlocked.Exchange(ref *(int*)place, Unsafe.BitCast<T, int>(value))),
            8 => Unsafe.BitCast<long, T>(Interlocked.Exchange(ref *(long*)place, Unsafe.BitCast<T, long>(value))),
            _ => throw NotAtomic(),
        };
        GC.KeepAlive(this);
        return before;
    }

    /// <summary>Sets the value if it is another one, bit for bit, in one step.</summary>
    /// <param name="value">The new value.</param>
    /// <param name="comparand">What the value must be.</param>
    /// <returns>The value before: equal to <paramref name="comparand"/> if the new one was set.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not of 1, 2, 4 or 8 bytes.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public T CompareExchange(T value, T comparand)
    {
        T* place = Place;
        T before = sizeof(T) switch
        {
            1 => Unsafe.BitCast<byte, T>(Interlocked.CompareExchange(ref *(byte*)place, Unsafe.BitCast<T, byte>(value), Unsafe.BitCast<T, byte>(comparand))),
            2 => Unsafe.BitCast<short, T>(Interlocked.CompareExchange(ref *(short*)place, Unsafe.BitCast<T, short>(value), Unsafe.BitCast<T, short>(comparand))),
            4 => Unsafe.BitCast<int, T>(Interlocked.CompareExchange(ref *(int*)place, Unsafe.BitCast<T, int>(value), Unsafe.BitCast<T, int>(comparand))),
            8 => Unsafe.BitCast<long, T>(Interlocked.CompareExchange(ref *(long*)place, Unsafe.BitCast<T, long>(value), Unsafe.BitCast<T, long>(comparand))),
            _ => throw NotAtomic(),
        };
        GC.KeepAlive(this);
        return before;
    }

    /// <summary>Ends the use of this object. Other processes that have the value keep it; in this one, any further use is an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _disposed, true))
        {
            _lock?.Dispose();
            _segment.RemoveUser();
        }
    }

    /// <summary>The value as text.</summary>
    public override string ToString() => _disposed ? $"{Title}: disposed" : Value.ToString() ?? "";

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        _context = context;
        _segment = segment;
        _place = (T*)segment.Data;
    }

    private static NotSupportedException NotAtomic() =>
        new($"{typeof(T)} has {sizeof(T)} bytes, and a processor changes 1, 2, 4 or 8 in one step. Use the value's Lock.");
}
