using System.Runtime.InteropServices;

namespace Multiprocessing.Benchmarks.Reporting;

/// <summary>What figures were taken on.</summary>
internal static class Machine
{
    public static string Description => FormattableString.Invariant($"{RuntimeInformation.FrameworkDescription} on {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}");
}
