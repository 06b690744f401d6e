using System.Runtime.CompilerServices;

namespace Multiprocessing.Tests;

/// <summary>Tests block threads of the thread pool, waiting for other processes; the pool would make up for that with two threads a second.</summary>
internal static class EnoughThreads
{
    [ModuleInitializer]
    internal static void Provide() => ThreadPool.SetMinThreads(64, 64);
}
