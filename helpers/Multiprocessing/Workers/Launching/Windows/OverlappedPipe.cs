using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary>
/// An end of a pipe that was opened for overlapped operations: to read from it and to write to it at the same time, or to wait until there is something to read, for one of several. Threads are not needed for
/// that, nor those of the pool. Thread-safe.
/// </summary>
/// <param name="handle">The end, which this object owns.</param>
/// <param name="reader">The process at the other end, if it is known: a write waits no longer than it lives, even if somebody else has inherited that end.</param>
[SupportedOSPlatform("windows")]
internal sealed unsafe class OverlappedPipe(SafeFileHandle handle, SafeProcessHandle? reader = null) : Stream
{
    private readonly Lock _gate = new();
    private readonly ManualResetEvent _arrival = new(initialState: false);

    /// <summary>The wait that is under way. Not on the heap: the system writes there when it likes.</summary>
    private NativeOverlapped* _wait;
    private bool _isClosed;

    /// <summary>The event that is set when there is something to read, or nothing ever again; see <see cref="BeginWait"/>.</summary>
    public nint Arrival => _arrival.SafeWaitHandle.DangerousGetHandle();

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Has the event set as soon as there is something to read, or the other end is closed. For one thread, which stays until this is closed: the system ends the wait with the thread.</summary>
    public void BeginWait()
    {
        lock (_gate)
        {
            if (_isClosed || (_wait is not null && !HasEnded(_wait)))
            {
                return;
            }

            if (_wait is null)
            {
                _wait = (NativeOverlapped*)NativeMemory.AllocZeroed((nuint)sizeof(NativeOverlapped));
                _wait->EventHandle = Arrival;
            }

            // To read no bytes is to wait for some, which stay in the pipe: so any thread can tell how many have arrived, and take them.
            if (Kernel32.ReadFile(handle, _wait, 0, null, _wait) == 0 && Marshal.GetLastPInvokeError() != Kernel32.IoPending)
            {
                // It has not begun, and the system says nothing of it.
                _wait->InternalLow = 0;
                _arrival.Set();
            }
        }
    }

    /// <summary>How many bytes can be read without waiting.</summary>
    /// <returns>False if there are none and never will be.</returns>
    public bool TryPeek(out int count)
    {
        uint available = 0;
        lock (_gate)
        {
            bool isOpen = !_isClosed && Kernel32.PeekNamedPipe(handle, null, 0, null, &available, null) != 0;
            count = (int)Math.Min(available, int.MaxValue);
            return isOpen;
        }
    }

    /// <inheritdoc/>
    /// <returns>How many bytes were read; zero when the other end is closed and there are none left.</returns>
    public override int Read(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return Complete(bytes, buffer.Length, isWrite: false);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="IOException">The other end is closed.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            for (int written = 0; written < buffer.Length;)
            {
                written += Complete(bytes + written, buffer.Length - written, isWrite: true);
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // Without a call to Dispose nobody waits, and the memory of the wait is given up: the system may still write there.
        if (disposing)
        {
            lock (_gate)
            {
                if (!_isClosed)
                {
                    _isClosed = true;
                    EndWait();
                    handle.Dispose();
                    _arrival.Dispose();
                }
            }
        }

        base.Dispose(disposing);
    }

    private void EndWait()
    {
        if (_wait is not null)
        {
            uint ignored;
            _ = Kernel32.CancelIo(handle, _wait);
            _ = Kernel32.GetOverlappedResult(handle, _wait, &ignored, wait: 1);
            NativeMemory.Free(_wait);
            _wait = null;
        }
    }

    private bool HasEnded(NativeOverlapped* operation)
    {
        uint ignored;
        return Kernel32.GetOverlappedResult(handle, operation, &ignored, wait: 0) != 0 || Marshal.GetLastPInvokeError() != Kernel32.IoIncomplete;
    }

    /// <summary>Reads or writes, and waits for that.</summary>
    private int Complete(byte* bytes, int length, bool isWrite)
    {
        using ManualResetEvent done = new(initialState: false);
        NativeOverlapped operation = new() { EventHandle = done.SafeWaitHandle.DangerousGetHandle() };
        int result = isWrite ? Kernel32.WriteFile(handle, bytes, (uint)length, null, &operation) : Kernel32.ReadFile(handle, bytes, (uint)length, null, &operation);
        int failure = result == 0 ? Marshal.GetLastPInvokeError() : 0;
        if (failure == Kernel32.IoPending)
        {
            if (isWrite && reader is not null)
            {
                GiveUpAtEndOf(reader, &operation);
            }

            failure = 0;
        }

        uint count = 0;
        if (failure == 0 && Kernel32.GetOverlappedResult(handle, &operation, &count, wait: 1) == 0)
        {
            failure = Marshal.GetLastPInvokeError();
        }

        return failure switch
        {
            0 => (int)count,
            Kernel32.BrokenPipe when !isWrite => 0,
            _ => throw new IOException(new Win32Exception(failure).Message),
        };
    }

    private void GiveUpAtEndOf(SafeProcessHandle process, NativeOverlapped* operation)
    {
        bool isHeld = false;
        try
        {
            // Its handle is closed by the thread that sees to its end.
            process.DangerousAddRef(ref isHeld);
            nint* handles = stackalloc nint[2] { operation->EventHandle, process.DangerousGetHandle() };
            _ = Kernel32.WaitForMultipleObjects(2, handles, all: 0, Kernel32.Forever);
        }
        catch (ObjectDisposedException)
        {
            // It has ended.
        }
        finally
        {
            if (isHeld)
            {
                process.DangerousRelease();
            }
        }

        if (!HasEnded(operation))
        {
            _ = Kernel32.CancelIo(handle, operation);
        }
    }
}
