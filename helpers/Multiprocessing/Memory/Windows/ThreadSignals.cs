using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Multiprocessing.Memory.Windows;

/// <summary>
/// The signals of threads on Windows: events of the kernel that reset themselves, named by the thread's number in the namespace of the session, with the access that this user's processes give by default. A thread's event
/// is made when it first sleeps, and goes with it. Thread-safe.
/// </summary>
/// <remarks>
/// A number is drawn, and drawn again if there is an event of that name: so no two threads have one event, and whoever makes events of such names, as any program of the session may, gets in nobody's way.
/// </remarks>
internal sealed unsafe class ThreadSignals : IThreadSignals
{
    /// <summary>How many events of others are kept open: those of the threads that this process wakes again and again. To open one costs more than to set it.</summary>
    private const int Kept = 64;

    [ThreadStatic]
    private static Signal? t_own;

    private readonly Signal?[] _others = new Signal?[Kept];

    /// <inheritdoc/>
    public int Own => (t_own ??= TryMake())?.Thread ?? 0;

    /// <inheritdoc/>
    public void Wait(TimeSpan limit)
    {
        // Not by .NET's own wait, which on some threads lets other code run meanwhile: that could sleep, too, and take this sleep's signal. A part of a millisecond is a whole one: none would not be a sleep.
        Signal own = t_own!;
        _ = Kernel32.Wait(own.Handle.DangerousGetHandle(), (uint)Math.Ceiling(limit.TotalMilliseconds));
        GC.KeepAlive(own);
    }

    /// <inheritdoc/>
    public bool Set(int thread)
    {
        ref Signal? place = ref _others[thread % Kept];
        Signal? signal = Volatile.Read(ref place);
        if (signal?.Thread != thread)
        {
            signal = TryOpen(thread);
            if (signal is null)
            {
                return false;
            }

            // Another thread may be setting the one that was there: it is closed when nobody can.
            Volatile.Write(ref place, signal);
        }

        _ = Kernel32.SetEvent(signal.Handle.DangerousGetHandle());
        GC.KeepAlive(signal);
        return true;
    }

    private static Signal? TryMake()
    {
        while (true)
        {
            int thread = Random.Shared.Next(1, int.MaxValue);
            nint handle;
            fixed (char* name = NameOf(thread))
            {
                handle = Kernel32.CreateEvent(null, 0, 0, name);
            }

            int error = Marshal.GetLastPInvokeError();
            if (handle != 0 && error != Kernel32.AlreadyExists)
            {
                return new Signal(thread, handle);
            }

            if (handle != 0)
            {
                _ = Kernel32.Close(handle);
            }
            else if (error != Kernel32.AccessDenied)
            {
                return null;
            }
        }
    }

    private static Signal? TryOpen(int thread)
    {
        fixed (char* name = NameOf(thread))
        {
            nint handle = Kernel32.OpenEvent(Kernel32.SetEvents, 0, name);
            return handle == 0 ? null : new Signal(thread, handle);
        }
    }

    private static string NameOf(int thread) => string.Create(CultureInfo.InvariantCulture, $@"Local\multiprocessing-{thread:x8}");

    /// <summary>An event that this process has open.</summary>
    private sealed class Signal(int thread, nint handle)
    {
        public int Thread => thread;

        public SafeWaitHandle Handle { get; } = new(handle, ownsHandle: true);
    }
}
