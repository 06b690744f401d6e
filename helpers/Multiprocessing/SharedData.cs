using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing;

/// <summary>What shared arrays and shared values have in common.</summary>
internal static class SharedData
{
    /// <summary>Refuses types whose values mean something in one process only.</summary>
    /// <exception cref="NotSupportedException">It is one.</exception>
    public static void Check(Type type)
    {
        if (!type.IsPrimitive || type == typeof(nint) || type == typeof(nuint))
        {
            if (!RawBits.IsPlain(type))
            {
                throw new NotSupportedException($"{type} cannot be shared between processes: it holds an address or a native-sized number. For a number, use long.");
            }
        }
    }

    /// <summary>The lock of a segment, made when it is first asked for.</summary>
    public static ProcessLock LockOf(ref ProcessLock? known, Segment segment, SerializationContext context)
    {
        if (known is { } made)
        {
            return made;
        }

        segment.AddUser();
        ProcessLock fresh = new(segment, context);
        if (Interlocked.CompareExchange(ref known, fresh, null) is not { } faster)
        {
            return fresh;
        }

        fresh.Dispose();
        return faster;
    }
}
