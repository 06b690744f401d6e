using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Multiprocessing.Dictionaries;
using Multiprocessing.Memory;
using Multiprocessing.Queues;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// A dictionary in memory that processes share, for what is small: what <see cref="System.Collections.Concurrent.ConcurrentDictionary{TKey, TValue}"/> is within one. Sent to a worker, alone or in other data, it is the same dictionary there. Thread-safe and process-safe: each call is atomic.
/// </summary>
/// <typeparam name="TKey">The type of the keys: text, numbers, enums, and structs or tuples of such.</typeparam>
/// <typeparam name="TValue">The type of the values: whatever can be sent to another process.</typeparam>
/// <remarks>
/// A value is copied when it is put, and when it is got: to change it there, put it again, or use <see cref="AddOrUpdate(TKey, TValue, Func{TKey, TValue, TValue}, CancellationToken)"/>. Keys are equal if they are bit for bit (text: character for character), which for numbers such as 0.0 and -0.0, or 1.0m and 1.00m, is less than
/// <see cref="object.Equals(object)"/>.
/// <para>Who reads waits for nobody. Whoever changes something holds a lock for about a microsecond, and for longer when the memory is full: about half of it is then copied. If that one is suspended meanwhile (a debugger, <c>SIGSTOP</c>), the others wait for it: methods take a token that ends it, but what has no parameters to take one (the indexer, <see cref="Keys"/>, <see cref="Values"/>, enumeration) is ended by the stop of a notebook cell alone. A process that is killed in the middle of a call has made its change, or has not, and stops nobody else.</para>
/// <para>The dictionary belongs to the process that made it, or received it from the worker that did. When that process disposes of it, or ends, it is over for all.</para>
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class SharedDictionary<TKey, TValue> : IReadOnlyDictionary<TKey, TValue>, IDisposable, ISharedObject
    where TKey : notnull
{
    private Segment _segment = null!;
    private DictionaryCore _core = null!;
    private bool _disposed;

    /// <summary>Makes a dictionary without entries.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="TKey"/> is none of the types that keys can be of.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public SharedDictionary()
        : this(WorkerHost.Default)
    {
    }

    internal SharedDictionary(SerializationContext context)
    {
        KeyCodec<TKey>.Check();
        ((ISharedObject)this).Attach(DictionaryCore.Create(context.Memory), context);
    }

    /// <summary>How many entries there are at this moment.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public int Count => Core.Count;

    /// <summary>Whether there is no entry at this moment.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool IsEmpty => Core.Count == 0;

    /// <summary>The keys of one moment.</summary>
    /// <exception cref="OperationCanceledException">The notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public IEnumerable<TKey> Keys => Array.ConvertAll(EntriesNow(), static entry => KeyCodec<TKey>.Read(entry.Key));

    /// <summary>The values of one moment.</summary>
    /// <exception cref="InvalidDataException">A value could not be rebuilt in this process.</exception>
    /// <exception cref="OperationCanceledException">The notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public IEnumerable<TValue> Values => Array.ConvertAll(EntriesNow(), entry => entry.Value.Get(_core));

    internal bool IsDisposed => _disposed;

    internal static string Title => $"SharedDictionary<{typeof(TKey).Name}, {typeof(TValue).Name}>";

    Segment? ISharedObject.Segment => _disposed ? null : _segment;

    private DictionaryCore Core
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _core;
        }
    }

    /// <summary>The value of a key; to set it adds the key, if it is not there.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">To get: the key is not there.</exception>
    /// <exception cref="InvalidDataException">To get: the value could not be rebuilt in this process.</exception>
    /// <exception cref="NotShippableException">To set: the value cannot go to another process.</exception>
    /// <exception cref="IOException">To set: there is no room for it.</exception>
    /// <exception cref="OperationCanceledException">To set: the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public TValue this[TKey key]
    {
        get => TryGetValue(key, out TValue? value) ? value : throw new KeyNotFoundException($"The key '{key}' is not in the dictionary.");
        set => TryPut(key, value, PutCondition.Always);
    }

    /// <summary>Tells whether a key is there.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is, at this moment.</returns>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool ContainsKey(TKey key) => TryFind(key, out _);

    /// <summary>Gets the value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">A copy of the value.</param>
    /// <returns>Whether the key is there.</returns>
    /// <exception cref="InvalidDataException">The value could not be rebuilt in this process.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        bool isThere = TryFind(key, out FoundValue<TValue> found);
        value = isThere ? found.Get(_core) : default;
        return isThere;
    }

    /// <summary>Adds a key with its value, if it is not there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value. A copy of it is made here; later changes do not reach it.</param>
    /// <param name="cancellationToken">Ends the waiting for another process that changes the dictionary, before anything is changed.</param>
    /// <returns>Whether it was added.</returns>
    /// <exception cref="NotShippableException">The value cannot go to another process.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool TryAdd(TKey key, TValue value, CancellationToken cancellationToken = default) => TryPut(key, value, PutCondition.IfAbsent, cancellationToken: cancellationToken);

    /// <summary>Removes a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value that it had.</param>
    /// <param name="cancellationToken">Ends the waiting for another process that changes the dictionary, before anything is changed.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="InvalidDataException">The value could not be rebuilt in this process. It is not in the dictionary any more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool TryRemove(TKey key, [MaybeNullWhen(false)] out TValue value, CancellationToken cancellationToken = default)
    {
        while (TryFind(key, out FoundValue<TValue> found))
        {
            ReadOnlySpan<byte> bytes = KeyCodec<TKey>.Write(in key);
            if (Core.TryRemove(bytes, KeyCodec<TKey>.Hash(bytes), found.Version, cancellationToken))
            {
                value = found.Get(_core);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Puts another value in the place of the one that a key has, if that is the one that is expected.</summary>
    /// <param name="key">The key.</param>
    /// <param name="newValue">The new value.</param>
    /// <param name="comparisonValue">The value that is expected, as <see cref="EqualityComparer{T}.Default"/> compares.</param>
    /// <param name="cancellationToken">Ends the waiting for another process that changes the dictionary, before anything is changed.</param>
    /// <returns>Whether the key was there, and had that value.</returns>
    /// <exception cref="InvalidDataException">The value that is there could not be rebuilt in this process.</exception>
    /// <exception cref="NotShippableException">The new value cannot go to another process.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool TryUpdate(TKey key, TValue newValue, TValue comparisonValue, CancellationToken cancellationToken = default)
    {
        while (TryFind(key, out FoundValue<TValue> found) && EqualityComparer<TValue>.Default.Equals(found.Get(_core), comparisonValue))
        {
            if (TryPut(key, newValue, PutCondition.IfUnchanged, found.Version, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gets the value of a key, which is added if it is not there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value that it gets then.</param>
    /// <param name="cancellationToken">Ends the waiting for another process that changes the dictionary, before anything is changed.</param>
    /// <returns>The value that it has.</returns>
    /// <inheritdoc cref="TryUpdate" path="/exception"/>
    public TValue GetOrAdd(TKey key, TValue value, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (TryGetValue(key, out TValue? there))
            {
                return there;
            }

            if (TryAdd(key, value, cancellationToken))
            {
                return value;
            }
        }
    }

    /// <summary>Gets the value of a key, which is added if it is not there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="valueFactory">Makes the value that it gets then. Runs outside of every lock, and in vain if another process is faster.</param>
    /// <param name="cancellationToken">Ends the waiting for another process that changes the dictionary, before anything is changed.</param>
    /// <inheritdoc cref="GetOrAdd(TKey, TValue, CancellationToken)" path="/returns"/>
    /// <inheritdoc cref="TryUpdate" path="/exception"/>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> valueFactory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        return TryGetValue(key, out TValue? there) ? there : GetOrAdd(key, valueFactory(key), cancellationToken);
    }

    /// <summary>Adds a key with its value, or puts another value in the place of the one that it has: <c>counts.AddOrUpdate(word, 1, (_, count) => count + 1)</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="addValue">The value that it gets if it is not there.</param>
    /// <param name="updateValueFactory">Makes the new value of the one that is there. Runs outside of every lock, and once more whenever somebody else has changed it meanwhile, so that nothing is lost.</param>
    /// <param name="cancellationToken">Ends the waiting for another process that changes the dictionary, before anything is changed.</param>
    /// <returns>The value that it has got.</returns>
    /// <inheritdoc cref="TryUpdate" path="/exception"/>
    public TValue AddOrUpdate(TKey key, TValue addValue, Func<TKey, TValue, TValue> updateValueFactory, CancellationToken cancellationToken = default) =>
        AddOrUpdate(key, _ => addValue, updateValueFactory, cancellationToken);

    /// <summary>Adds a key with its value, or puts another value in the place of the one that it has.</summary>
    /// <param name="key">The key.</param>
    /// <param name="addValueFactory">Makes the value that it gets if it is not there. Runs outside of every lock.</param>
    /// <param name="updateValueFactory">Makes the new value of the one that is there. Runs outside of every lock, and once more whenever somebody else has changed it meanwhile, so that nothing is lost.</param>
    /// <param name="cancellationToken">Ends the waiting for another process that changes the dictionary, before anything is changed.</param>
    /// <returns>The value that it has got.</returns>
    /// <inheritdoc cref="TryUpdate" path="/exception"/>
    public TValue AddOrUpdate(TKey key, Func<TKey, TValue> addValueFactory, Func<TKey, TValue, TValue> updateValueFactory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(addValueFactory);
        ArgumentNullException.ThrowIfNull(updateValueFactory);
        while (true)
        {
            bool isThere = TryFind(key, out FoundValue<TValue> found);
            TValue value = isThere ? updateValueFactory(key, found.Get(_core)) : addValueFactory(key);
            if (TryPut(key, value, isThere ? PutCondition.IfUnchanged : PutCondition.IfAbsent, found.Version, cancellationToken))
            {
                return value;
            }
        }
    }

    /// <summary>Removes all entries.</summary>
    /// <param name="cancellationToken">Ends the waiting for another process that changes the dictionary, before anything is changed.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void Clear(CancellationToken cancellationToken = default) => Core.Clear(cancellationToken);

    /// <summary>The entries of one moment.</summary>
    /// <param name="cancellationToken">Ends the waiting for another process that changes the dictionary.</param>
    /// <returns>A copy, in no order.</returns>
    /// <exception cref="InvalidDataException">A value could not be rebuilt in this process.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public KeyValuePair<TKey, TValue>[] ToArray(CancellationToken cancellationToken = default) =>
        Array.ConvertAll(EntriesNow(cancellationToken), entry => new KeyValuePair<TKey, TValue>(KeyCodec<TKey>.Read(entry.Key), entry.Value.Get(_core)));

    /// <summary>Goes through the entries of one moment: those when it begins.</summary>
    /// <inheritdoc cref="ToArray" path="/exception"/>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<TKey, TValue>>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Ends the use of this object. In the process that the dictionary belongs to, it is the end of the dictionary: in any process, a use of it is an <see cref="ObjectDisposedException"/> then.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _disposed, true))
        {
            _segment.RemoveUser();
            _core.Unmap();
        }
    }

    /// <summary>The type, and how many entries there are.</summary>
    public override string ToString() =>
        _disposed ? $"{Title}: disposed" : string.Create(CultureInfo.InvariantCulture, $"{Title}: {Count} entr{(Count == 1 ? "y" : "ies")}");

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        _segment = segment;
        _core = DictionaryCore.Of(segment, context);
    }

    private static void Check(TKey key)
    {
        if (key is null)
        {
            throw new ArgumentNullException(nameof(key));
        }
    }

    private bool TryPut(TKey key, TValue value, PutCondition condition, long version = 0, CancellationToken cancellationToken = default)
    {
        Check(key);
        DictionaryCore core = Core;
        ReadOnlySpan<byte> bytes = KeyCodec<TKey>.Write(in key);
        return core.TryPut(bytes, KeyCodec<TKey>.Hash(bytes), ValueCodec<TValue>.Write(core, in value, out RecordKind kind), kind, condition, version, cancellationToken);
    }

    private bool TryFind(TKey key, out FoundValue<TValue> found)
    {
        Check(key);
        ReadOnlySpan<byte> bytes = KeyCodec<TKey>.Write(in key);
        return FoundValue<TValue>.TryFind(Core, bytes, KeyCodec<TKey>.Hash(bytes), out found);
    }

    private (byte[] Key, FoundValue<TValue> Value)[] EntriesNow(CancellationToken cancellationToken = default) => FoundValue<TValue>.OfAll(Core, cancellationToken);
}
