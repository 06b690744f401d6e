using System.Globalization;

namespace Multiprocessing.Workers.Launching;

/// <summary>
/// How many processors a worker sees. It has to be said when the process starts: .NET's runtime asks once (<c>Environment.ProcessorCount</c>, the thread pool, the collector), and native code reads
/// the environment that the process was started with, not what .NET sets later.
/// </summary>
internal static class ProcessorLimit
{
    /// <summary>.NET's own takes no larger number.</summary>
    public const int Largest = ushort.MaxValue;

    /// <summary>.NET's own variable, and those of the libraries that start threads of their own: OpenMP, OpenBLAS, Intel's MKL, BLIS, Apple's Accelerate.</summary>
    private static readonly string[] Variables =
        ["DOTNET_PROCESSOR_COUNT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"];

    /// <summary>Says it in the environment of a worker.</summary>
    public static void Apply(int processors, Dictionary<string, string> environment)
    {
        string count = processors.ToString(CultureInfo.InvariantCulture);
        Array.ForEach(Variables, variable => environment[variable] = count);
    }
}
