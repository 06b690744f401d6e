using System.Net.Sockets;
using System.Reflection;
using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>What is known not to go, whoever derives from it, and what to do instead.</summary>
internal static class Refusals
{
    private const string OpenInside = "it is open in this process alone. Send the path or the address, and open it inside the function.";
    private const string OneProcessOnly = "it synchronises the threads of one process only.";

    private static readonly (Type Type, string Advice)[] ByType =
    [
        (typeof(WorkerProcess), "it is a handle of the process that started it. Start it here, or send what the function needs of it."),
        (typeof(TextWriter), "it writes to something of this process alone. Use Console inside the function, or open the file there."),
        (typeof(TextReader), OpenInside),
        (typeof(Stream), OpenInside),
        (typeof(Thread), "a thread runs in one process. Send what it works on."),
        (typeof(Task), "a task runs in one process. Await it and send its result, or start it inside the function."),
        (typeof(CancellationTokenSource), "a cancellation source is not shared between processes. Cancel by Kill, or make one inside the function."),
        (typeof(Timer), "a timer runs in one process. Make it inside the function."),
        (typeof(WaitHandle), OneProcessOnly),
        (typeof(SemaphoreSlim), OneProcessOnly),
        (typeof(ManualResetEventSlim), OneProcessOnly),
        (typeof(CountdownEvent), OneProcessOnly),
        (typeof(Barrier), OneProcessOnly),
        (typeof(ReaderWriterLockSlim), OneProcessOnly),
        (typeof(ReaderWriterLock), OneProcessOnly),
        (typeof(Lock), OneProcessOnly),
        (typeof(SynchronizationContext), "it belongs to the threads of this process."),
        (typeof(ExecutionContext), "it belongs to the threads of this process."),
        (typeof(TaskScheduler), "it belongs to the threads of this process."),
        (typeof(CriticalFinalizerObject), "a native handle means nothing in another process. Open it inside the function."),
        (typeof(SafeHandle), "a native handle means nothing in another process. Open it inside the function."),
        (typeof(Socket), OpenInside),
        (typeof(AssemblyLoadContext), "loaded code goes by itself with the function that uses it."),
        (typeof(Module), "send the assembly or a type of it."),
        (typeof(Pointer), "an address means nothing in another process."),
        (typeof(AppDomain), "it is this process."),
    ];

    private static readonly Dictionary<string, string> ByGenericName = new(StringComparer.Ordinal)
    {
        ["System.Threading.ThreadLocal`1"] = "it holds values of this process's threads.",
        ["System.Threading.AsyncLocal`1"] = "it holds values of this process's threads.",
        ["System.Collections.Immutable.ImmutableDictionary`2+Builder"] = "send what ToImmutable() makes of it.",
        ["System.Collections.Immutable.ImmutableHashSet`1+Builder"] = "send what ToImmutable() makes of it.",
        ["System.Threading.Tasks.ValueTask`1"] = "a task runs in one process. Await it and send its result, or start it inside the function.",
        ["System.Threading.Tasks.ValueTask"] = "a task runs in one process. Await it and send its result, or start it inside the function.",
    };

    /// <summary>Streams and texts that are nothing but memory.</summary>
    private static readonly Type[] InMemory = [typeof(MemoryStream), typeof(StringReader), typeof(StringWriter)];

    /// <summary>What to do instead of sending an object of the type; null if nothing speaks against it.</summary>
    public static string? AdviceFor(Type type)
    {
        if (InMemory.Any(memory => memory.IsAssignableFrom(type)))
        {
            return null;
        }

        if (type.IsCOMObject)
        {
            return "a COM object belongs to this process.";
        }

        foreach ((Type refused, string advice) in ByType)
        {
            if (refused.IsAssignableFrom(type))
            {
                return advice;
            }
        }

        string? name = (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName;
        return name is not null && ByGenericName.TryGetValue(name, out string? found) ? found : null;
    }
}
