namespace Multiprocessing.Tests;

/// <summary>What this process has open: descriptors, or handles on Windows.</summary>
internal static class Descriptors
{
    /// <summary>What they stand for: paths of files, and names of sockets and pipes; on Windows the kinds of whatever is no file.</summary>
    public static IEnumerable<string> Targets() =>
        OperatingSystem.IsWindows()
            ? WindowsHandles.Targets()
            : Directory.GetFiles("/proc/self/fd").Select(TargetOf).Where(static target => target.Length > 0);

    private static string TargetOf(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName ?? "";
        }
        catch (IOException)
        {
            // It has been closed meanwhile, as that by which they are listed.
            return "";
        }
    }
}
