namespace Multiprocessing.Tests;

/// <summary>The descriptors that this process has open.</summary>
internal static class Descriptors
{
    /// <summary>What they stand for: paths of files, and names of sockets and pipes.</summary>
    public static IEnumerable<string> Targets() => Directory.GetFiles("/proc/self/fd").Select(TargetOf).Where(static target => target.Length > 0);

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
