using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Memory.Windows;

namespace Multiprocessing.Memory;

/// <summary>Names one process and never another: numbers come again, but not with the same start time.</summary>
/// <param name="Id">The operating system's number.</param>
/// <param name="Start">When it started, in units of the system.</param>
/// <param name="Space">Where the number counts: containers that share a folder number their processes each by themselves.</param>
internal sealed record ProcessIdentity(int Id, ulong Start, ulong Space)
{
    private static readonly Lazy<ProcessIdentity> Own = new(static () => new ProcessIdentity(Environment.ProcessId, OwnStart(), OwnSpace()));

    public static ProcessIdentity OfThisProcess => Own.Value;

    /// <summary>Whether the process is known to have ended. Of a process of another container nothing is known.</summary>
    public bool HasEnded => Space == OfThisProcess.Space && StartOf(Id) != Start;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}-{Start:x}-{Space:x}");

    public static ProcessIdentity? Parse(ReadOnlySpan<char> id, ReadOnlySpan<char> start, ReadOnlySpan<char> space) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && ulong.TryParse(start, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong begin)
        && ulong.TryParse(space, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong room)
            ? new ProcessIdentity(number, begin, room)
            : null;

    /// <summary>When the process of that number started; null if none runs.</summary>
    public static ulong? StartOf(int id)
    {
        if (OperatingSystem.IsLinux())
        {
            return ProcessStatus.Of(id) is { IsAlive: true } status ? status.Start : null;
        }

        if (OperatingSystem.IsWindows())
        {
            return StartTimes.OfProcess(id);
        }

        try
        {
            using Process process = Process.GetProcessById(id);
            return (ulong)process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
        catch (Win32Exception)
        {
            // It runs, and is none of this user's.
            return 0;
        }
    }

    private static ulong OwnStart() => StartOf(Environment.ProcessId) ?? 0;

    private static ulong OwnSpace()
    {
        // "pid:[4026531836]"
        string? name = OperatingSystem.IsLinux() ? File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name : null;
        return name is not null && ulong.TryParse(name.AsSpan(5, name.Length - 6), NumberStyles.None, CultureInfo.InvariantCulture, out ulong space) ? space : 0;
    }
}
