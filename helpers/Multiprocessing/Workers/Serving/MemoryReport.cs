using System.Buffers.Text;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Multiprocessing.Workers.Serving;

/// <summary>Says how much physical memory this process has. For one thread.</summary>
internal sealed class MemoryReport
{
    /// <summary>To look takes a microsecond or two: as long as a small function.</summary>
    private static readonly long Interval = Stopwatch.Frequency / 1000;

    /// <summary>Linux's own numbers, in pages: all, and what is resident. It writes them anew for each look.</summary>
    private readonly SafeFileHandle? _file = OperatingSystem.IsLinux() ? File.OpenHandle("/proc/self/statm") : null;
    private long _last = long.MinValue;

    /// <summary>Looks, unless it has only just looked.</summary>
    /// <param name="bytes">How much it is.</param>
    public void Update(ref long bytes)
    {
        long now = Stopwatch.GetTimestamp();
        if (_last != long.MinValue && now - _last < Interval)
        {
            return;
        }

        _last = now;
        Volatile.Write(ref bytes, _file is null ? Environment.WorkingSet : Resident(_file));
    }

    private static long Resident(SafeFileHandle file)
    {
        Span<byte> text = stackalloc byte[256];
        text = text[..RandomAccess.Read(file, text, fileOffset: 0)];
        text = text[(text.IndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(text, out long pages, out _) ? pages * Environment.SystemPageSize : 0;
    }
}
