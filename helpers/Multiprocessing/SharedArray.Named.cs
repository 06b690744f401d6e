using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// Arrays in shared memory that have a name, by which programs find them that did not start each other: what <see cref="System.IO.MemoryMappedFiles.MemoryMappedFile"/> does on Windows alone. Only programs of this user, on this machine, find them.
/// </summary>
/// <remarks>
/// A name has 1 to 100 characters: letters and digits of ASCII, <c>-</c>, <c>_</c> and <c>.</c>, this not at its end; upper and lower case differ. The array is like any other from then on: it can be sent to workers, and its <see cref="SharedArray{T}.Lock"/> is the same one in all programs.
/// <para>The memory is a file that this user alone can open, in a folder that is this user's (<c>/dev/shm</c> on Linux, else the temp folder, which must be the same for both programs). What was to last until its last user ended and whose last user was killed goes with the next program.</para>
/// </remarks>
public static class SharedArray
{
    /// <summary>Makes an array of that name, of elements that are zero.</summary>
    /// <typeparam name="T">The type of the elements: numbers, enums, and structs of such, without references or addresses.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="length">How many elements.</param>
    /// <param name="lifetime">How long it lasts.</param>
    /// <returns>The array.</returns>
    /// <exception cref="IOException">There is one of that name; or there is no room.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or more than <see cref="Array.MaxLength"/>.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> holds an address or a native-sized number, which means nothing in another process.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder for such memory is another user's, or lets others in.</exception>
    public static SharedArray<T> Create<T>(string name, int length, NamedLifetime lifetime = NamedLifetime.UntilLastUser)
        where T : unmanaged =>
        TryCreate<T>(name, length, lifetime) ?? throw new IOException($"There is shared memory of the name '{name}': open it with SharedArray.Open or CreateOrOpen, or choose another name.");

    /// <summary>Opens the array of that name, or makes one, of elements that are zero, if there is none: also if others do the same at the same time.</summary>
    /// <inheritdoc cref="Create{T}" path="/typeparam"/>
    /// <param name="name">The name.</param>
    /// <param name="length">How many elements.</param>
    /// <param name="lifetime">How long it lasts, if it is made now.</param>
    /// <inheritdoc cref="Create{T}" path="/returns"/>
    /// <exception cref="IOException">There is no room.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or more than <see cref="Array.MaxLength"/>.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> holds an address or a native-sized number, which means nothing in another process.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder for such memory is another user's, or lets others in.</exception>
    /// <exception cref="InvalidDataException">There is one of that name whose elements are others, or more, or fewer.</exception>
    public static SharedArray<T> CreateOrOpen<T>(string name, int length, NamedLifetime lifetime = NamedLifetime.UntilLastUser)
        where T : unmanaged
    {
        while (true)
        {
            // Either may have come or gone in between.
            if (TryOpen<T>(name) is { } opened)
            {
                if (opened.Length == length)
                {
                    return opened;
                }

                string there = $"The shared memory '{name}' has {opened.Length} elements, not {length}.";
                opened.Dispose();
                throw new InvalidDataException(there);
            }

            if (TryCreate<T>(name, length, lifetime) is { } created)
            {
                return created;
            }
        }
    }

    /// <summary>Opens the array of that name.</summary>
    /// <inheritdoc cref="Create{T}" path="/typeparam"/>
    /// <param name="name">The name.</param>
    /// <inheritdoc cref="Create{T}" path="/returns"/>
    /// <exception cref="FileNotFoundException">There is none of that name.</exception>
    /// <exception cref="InvalidDataException">There is one whose elements are others.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> holds an address or a native-sized number, which means nothing in another process.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder for such memory is another user's, or lets others in.</exception>
    public static SharedArray<T> Open<T>(string name)
        where T : unmanaged =>
        TryOpen<T>(name) ?? throw new FileNotFoundException($"There is no shared memory of the name '{name}': nobody of this user has made it, or it is gone.");

    /// <summary>Opens the array of that name, if there is one.</summary>
    /// <inheritdoc cref="Create{T}" path="/typeparam"/>
    /// <param name="name">The name.</param>
    /// <param name="array">The array.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">There is one whose elements are others.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> holds an address or a native-sized number, which means nothing in another process.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder for such memory is another user's, or lets others in.</exception>
    public static bool TryOpen<T>(string name, [NotNullWhen(true)] out SharedArray<T>? array)
        where T : unmanaged => (array = TryOpen<T>(name)) is not null;

    /// <summary>Takes the name from an array: nobody finds it any more, and whoever has it keeps it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder for such memory is another user's, or lets others in.</exception>
    public static bool Delete(string name) => WorkerHost.Default.Memory.Named.Delete(name);

    /// <summary>The names that there are at this moment.</summary>
    /// <returns>Those of this user, in order.</returns>
    /// <exception cref="UnauthorizedAccessException">The folder for such memory is another user's, or lets others in.</exception>
    public static IReadOnlyList<string> GetNames() => WorkerHost.Default.Memory.Named.List();

    private static unsafe SharedArray<T>? TryCreate<T>(string name, int length, NamedLifetime lifetime)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength);
        if (!Enum.IsDefined(lifetime))
        {
            throw new ArgumentOutOfRangeException(nameof(lifetime), lifetime, "There is no such lifetime.");
        }

        SharedData.Check(typeof(T));
        SerializationContext context = WorkerHost.Default;
        return context.Memory.CreateNamed(name, (long)length * sizeof(T), ElementForm.Of(typeof(T), sizeof(T)), isLasting: lifetime == NamedLifetime.UntilDeleted) is { } segment
            ? new SharedArray<T>(segment, context)
            : null;
    }

    private static unsafe SharedArray<T>? TryOpen<T>(string name)
        where T : unmanaged
    {
        SharedData.Check(typeof(T));
        SerializationContext context = WorkerHost.Default;
        return context.Memory.OpenNamed(name, ElementForm.Of(typeof(T), sizeof(T))) is { } segment ? new SharedArray<T>(segment, context) : null;
    }
}
