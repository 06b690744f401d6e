using Multiprocessing.Shipping.Assemblies;

namespace Multiprocessing.Workers;

/// <summary>What a worker process knows of itself. Set up by the worker program before the function runs; of no use in any other process.</summary>
internal static class ThisWorker
{
    private static int s_printed;

    /// <summary>Where the assemblies of the parent are found.</summary>
    public static IAssemblyStore? Assemblies { get; private set; }

    /// <summary>How many pieces of text have gone to the parent.</summary>
    public static int Printed => Volatile.Read(ref s_printed);

    /// <summary>Sets it up, when the function is about to run.</summary>
    public static void Begin(IAssemblyStore assemblies)
    {
        Assemblies = assemblies;
        s_printed = 0;
    }

    /// <summary>Counts a piece of text that has gone to the parent.</summary>
    public static void CountPrinted() => Interlocked.Increment(ref s_printed);
}
