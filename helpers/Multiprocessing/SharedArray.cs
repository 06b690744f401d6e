using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// An array in memory that processes share. Sent to a worker, alone or in other data, it is the same array there: each sees what the other writes.
/// </summary>
/// <typeparam name="T">The type of the elements: numbers, enums, and structs of such, without references or addresses.</typeparam>
/// <remarks>
/// An element is read and written like one of an ordinary array, in the same time. One of 1, 2, 4 or 8 bytes is never seen half written; what takes more than one step (<c>a[i] += 1</c>) is not
/// atomic: protect it with <see cref="Lock"/>, or use <see cref="Interlocked"/> on <c>ref a.Span[i]</c>.
/// <para>When others see a write, and in which order, is not promised by the array itself. Whatever comes between does that: who has entered a <see cref="ProcessLock"/>, dequeued an item, read
/// a <see cref="SharedValue{T}"/> or joined a worker sees all that was written before the exit, the enqueuing, the setting or the end. A loop that waits for an element to change may never see it change:
/// wait for a <see cref="SharedValue{T}"/>, or read by <see cref="Volatile"/> on <c>ref a.Span[i]</c>.</para>
/// <para>The process that made the array keeps its name for others to find: until it disposes of it, or ends. Who has it by then keeps it.
/// One that a worker made and returned belongs to the process that receives it.</para>
/// <para>The memory is given back some time after Dispose, when no access can be under way any more; without Dispose, when the array can no longer be
/// reached - unless <see cref="Span"/> was used: a span does not keep its array alive, and so Dispose alone tells that it is over (on Windows, the end of the process).</para>
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed unsafe class SharedArray<T> : IReadOnlyList<T>, IDisposable, ISharedObject
    where T : unmanaged
{
    /// <summary>How many elements <see cref="ToString"/> shows.</summary>
    private const int Shown = 20;

    private T* _first;
    private int _length;
    private Segment _segment = null!;
    private SerializationContext _context = null!;
    private ProcessLock? _lock;
    private bool _disposed;

    /// <summary>Makes an array of elements that are zero.</summary>
    /// <param name="length">How many. They may take more than 2 GB.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or more than <see cref="Array.MaxLength"/>.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> holds an address or a native-sized number, which means nothing in another process.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public SharedArray(int length)
        : this(length, WorkerHost.Default)
    {
    }

    internal SharedArray(int length, SerializationContext context)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength);
        SharedData.Check(typeof(T));
        ((ISharedObject)this).Attach(context.Memory.Create((long)length * sizeof(T)), context);
    }

    /// <summary>An object of an array that is there; the segment's user count includes this.</summary>
    internal SharedArray(Segment segment, SerializationContext context) => ((ISharedObject)this).Attach(segment, context);

    /// <summary>Makes an array with a copy of these elements.</summary>
    /// <param name="values">The elements: an array, a span, or <c>[1, 2, 3]</c>.</param>
    /// <inheritdoc cref="SharedArray{T}(int)" path="/exception"/>
    public SharedArray(ReadOnlySpan<T> values)
        : this(values.Length)
    {
        values.CopyTo(new Span<T>(_first, _length));
        GC.KeepAlive(this);
    }

    /// <summary>The name by which other programs find it (<see cref="SharedArray"/>); null for most.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public string? Name
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _segment.Name;
        }
    }

    /// <summary>How many elements the array has.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public int Length
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _length;
        }
    }

    /// <summary>
    /// The elements, without a copy. Whoever uses it must keep the array from Dispose so long: a span cannot tell, and shows blank memory then.
    /// </summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _segment.Lend();
            return new Span<T>(_first, _length);
        }
    }

    /// <summary>A lock for the array, the same one in every process. Nothing takes it by itself.</summary>
    /// <exception cref="ObjectDisposedException">The array has been disposed of.</exception>
    public ProcessLock Lock
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return SharedData.LockOf(ref _lock, _segment, _context);
        }
    }

    int IReadOnlyCollection<T>.Count => Length;

    internal static string Title => $"SharedArray<{typeof(T).Name}>";

    internal bool IsDisposed => _disposed;

    Segment? ISharedObject.Segment => _disposed ? null : _segment;

    /// <summary>An element.</summary>
    /// <param name="index">Its index, from 0.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is not one of an element.</exception>
    /// <exception cref="ObjectDisposedException">The array has been disposed of.</exception>
    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)_length)
            {
                ThrowForIndex(index);
            }

            // Not volatile, which would take a third from the fastest loops even on x64.
            T value = _first[index];

            // No code; but the memory must not go before the access is over.
            GC.KeepAlive(this);
            return value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            if ((uint)index >= (uint)_length)
            {
                ThrowForIndex(index);
            }

            _first[index] = value;
            GC.KeepAlive(this);
        }
    }

    /// <summary>A copy of the elements as an ordinary array.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public T[] ToArray()
    {
        T[] copy = new T[Length];
        CopyTo(copy);
        return copy;
    }

    /// <summary>Copies the elements.</summary>
    /// <param name="destination">Where to; at least as long.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void CopyTo(Span<T> destination)
    {
        new ReadOnlySpan<T>(_first, Length).CopyTo(destination);
        GC.KeepAlive(this);
    }

    /// <summary>Goes through the elements, as they are at that moment.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Ends the use of this object. Other processes that have the array keep it; in this one, any further use is an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _disposed, true))
        {
            // The pointer stays: an access that is under way in another thread ends well.
            _length = 0;
            _lock?.Dispose();
            _segment.RemoveUser();
        }
    }

    /// <summary>The type, the length and the first elements.</summary>
    public override string ToString() =>
        _disposed ? $"{Title}: disposed" : string.Create(CultureInfo.InvariantCulture, $"{Title}[{_length}] {{ {FirstElements()} }}");

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        _context = context;
        _segment = segment;
        _first = (T*)segment.Data;
        _length = (int)(segment.Size / sizeof(T));
    }

    // The same text on every system: it is committed with the notebook that shows it.
    internal string FirstElements() =>
        string.Join(", ", this.Take(Shown).Select(static element => string.Create(CultureInfo.InvariantCulture, $"{element}"))) + (_length > Shown ? ", …" : "");

    private void ThrowForIndex(int index)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
#pragma warning disable CA2201 // It is what every other array throws.
        throw new IndexOutOfRangeException(string.Create(CultureInfo.InvariantCulture, $"Index {index} is outside the array: it has {_length} elements, from 0 on."));
#pragma warning restore CA2201
    }
}
