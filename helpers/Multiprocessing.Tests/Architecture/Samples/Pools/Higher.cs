using Multiprocessing.Tests.Architecture.Samples.Memory;

namespace Multiprocessing.Tests.Architecture.Samples.Pools;

/// <summary>Stands above <see cref="Uses"/>, and may use it.</summary>
public class Higher
{
    public static int Count { get; set; }

    public static object Lower => new Uses.Downward();

    public static void Call() => Count++;
}
