using System.Numerics;
using System.Runtime.CompilerServices;

namespace Multiprocessing;

/// <summary>Atomic arithmetic on shared numbers. What is no number has none: that is an error of the compiler's. Thread-safe and process-safe.</summary>
public static unsafe class SharedValueArithmetic
{
    /// <summary>Adds to a shared number in one step.</summary>
    /// <typeparam name="T">A number of up to 8 bytes. <see cref="int"/>, <see cref="uint"/>, <see cref="long"/> and <see cref="ulong"/> take one instruction; others as many attempts as it takes.</typeparam>
    /// <param name="shared">The number.</param>
    /// <param name="amount">What to add. Sums that are too large wrap around.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="shared"/> is null.</exception>
    /// <exception cref="NotSupportedException">The number has more than 8 bytes (<see cref="decimal"/>, <see cref="Int128"/>): use its lock.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public static T Add<T>(this SharedValue<T> shared, T amount)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(shared);
        T* place = shared.Place;
        T sum;
        if (typeof(T) == typeof(int) || typeof(T) == typeof(uint))
        {
            sum = Unsafe.BitCast<int, T>(Interlocked.Add(ref *(int*)place, Unsafe.BitCast<T, int>(amount)));
        }
        else if (typeof(T) == typeof(long) || typeof(T) == typeof(ulong))
        {
            sum = Unsafe.BitCast<long, T>(Interlocked.Add(ref *(long*)place, Unsafe.BitCast<T, long>(amount)));
        }
        else
        {
            sum = AddInAttempts(shared, amount);
        }

        GC.KeepAlive(shared);
        return sum;
    }

    /// <summary>Adds one to a shared number in one step.</summary>
    /// <inheritdoc cref="Add" path="/typeparam|/param[@name='shared']|/exception"/>
    /// <returns>The sum.</returns>
    public static T Increment<T>(this SharedValue<T> shared)
        where T : unmanaged, INumber<T> => shared.Add(T.One);

    /// <summary>Takes one from a shared number in one step.</summary>
    /// <inheritdoc cref="Add" path="/typeparam|/param[@name='shared']|/exception"/>
    /// <returns>The difference.</returns>
    public static T Decrement<T>(this SharedValue<T> shared)
        where T : unmanaged, INumber<T> => shared.Add(unchecked(T.Zero - T.One));

    private static T AddInAttempts<T>(SharedValue<T> shared, T amount)
        where T : unmanaged, INumber<T>
    {
        T before = shared.Value;
        while (true)
        {
            T sum = unchecked(before + amount);
            T found = shared.CompareExchange(sum, before);

            // Bit for bit, as the exchange compares: a NaN is not equal to itself.
            if (new ReadOnlySpan<byte>(&found, sizeof(T)).SequenceEqual(new ReadOnlySpan<byte>(&before, sizeof(T))))
            {
                return sum;
            }

            before = found;
        }
    }
}
