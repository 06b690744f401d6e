using System.Runtime.CompilerServices;

namespace Multiprocessing.Memory;

/// <summary>
/// Reads and writes a value in shared memory: one of 1, 2, 4 or 8 bytes whole and in order - what was written before it is seen by whoever sees it, and a loop that waits for it does see it;
/// one of any other size as its bytes come.
/// </summary>
/// <remarks>Acquire and release. On x64 that is an ordinary load and store, and measures as one; on ARM64 it is LDAPR and STLR, without which a flag could be seen before the data that it stands for.</remarks>
internal static unsafe class SharedElement
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(T* place)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            return Unsafe.BitCast<double, T>(Volatile.Read(ref *(double*)place));
        }

        if (typeof(T) == typeof(float))
        {
            return Unsafe.BitCast<float, T>(Volatile.Read(ref *(float*)place));
        }

        return sizeof(T) switch
        {
            1 => Unsafe.BitCast<byte, T>(Volatile.Read(ref *(byte*)place)),
            2 => Unsafe.BitCast<short, T>(Volatile.Read(ref *(short*)place)),
            4 => Unsafe.BitCast<int, T>(Volatile.Read(ref *(int*)place)),
            8 => Unsafe.BitCast<long, T>(Volatile.Read(ref *(long*)place)),
            _ => *place,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(T* place, T value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            Volatile.Write(ref *(double*)place, Unsafe.BitCast<T, double>(value));
            return;
        }

        if (typeof(T) == typeof(float))
        {
            Volatile.Write(ref *(float*)place, Unsafe.BitCast<T, float>(value));
            return;
        }

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
    }
}
