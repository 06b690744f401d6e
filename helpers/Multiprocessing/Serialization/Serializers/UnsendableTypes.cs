namespace Multiprocessing.Serialization.Serializers;

/// <summary>What is known not to go, whoever derives from it, and what to do instead.</summary>
internal static class UnsendableTypes
{
    private const string OpenInside = "it is open in this process alone. Send the path or the address, and open it inside the function.";
    private const string OneProcessOnly = "it synchronises the threads of one process only.";
    private const string Await = "a task runs in one process. Await it and send its result, or start it inside the function.";
    private const string ThreadsHere = "it belongs to the threads of this process.";
    private const string Handle = "a native handle means nothing in another process. Open it inside the function.";

    /// <summary>By the full name of the class; empty for one that may go although a class that it derives from may not.</summary>
    private static readonly Dictionary<string, string> Advice = new(StringComparer.Ordinal)
    {
        ["System.IO.TextWriter"] = "it writes to something of this process alone. Use Console inside the function, or open the file there.",
        ["System.IO.TextReader"] = OpenInside,
        ["System.IO.Stream"] = OpenInside,
        ["System.IO.MemoryStream"] = "",
        ["System.IO.StringReader"] = "",
        ["System.IO.StringWriter"] = "",
        ["System.Threading.Thread"] = "a thread runs in one process. Send what it works on.",
        ["System.Threading.Tasks.Task"] = Await,
        ["System.Threading.Tasks.ValueTask"] = Await,
        ["System.Threading.Tasks.ValueTask`1"] = Await,
        ["System.Threading.CancellationTokenSource"] =
            "a cancellation source is not shared between processes. Cancel by Kill, or make one inside the function.",
        ["System.Threading.Timer"] = "a timer runs in one process. Make it inside the function.",
        ["System.Threading.WaitHandle"] = OneProcessOnly,
        ["System.Threading.SemaphoreSlim"] = OneProcessOnly,
        ["System.Threading.ManualResetEventSlim"] = OneProcessOnly,
        ["System.Threading.CountdownEvent"] = OneProcessOnly,
        ["System.Threading.Barrier"] = OneProcessOnly,
        ["System.Threading.ReaderWriterLockSlim"] = OneProcessOnly,
        ["System.Threading.ReaderWriterLock"] = OneProcessOnly,
        ["System.Threading.Lock"] = "it synchronises the threads of one process only. Use a ProcessLock.",
        ["System.Threading.ThreadLocal`1"] = "it holds values of this process's threads.",
        ["System.Threading.AsyncLocal`1"] = "it holds values of this process's threads.",
        ["System.Threading.SynchronizationContext"] = ThreadsHere,
        ["System.Threading.ExecutionContext"] = ThreadsHere,
        ["System.Threading.Tasks.TaskScheduler"] = ThreadsHere,
        ["System.Runtime.ConstrainedExecution.CriticalFinalizerObject"] = Handle,
        ["System.Net.Sockets.Socket"] = OpenInside,
        ["System.Net.Sockets.TcpClient"] = OpenInside,
        ["System.Net.Sockets.UdpClient"] = OpenInside,
        ["System.Net.Http.HttpMessageInvoker"] = "it holds open connections. Make it inside the function.",
        ["System.Diagnostics.Process"] = "it is a handle of this process. Send the process's Id.",
        ["System.Runtime.Loader.AssemblyLoadContext"] = "loaded code goes by itself with the function that uses it.",
        ["System.Reflection.Module"] = "send the assembly or a type of it.",
        ["System.Reflection.Pointer"] = "an address means nothing in another process.",
        ["System.Linq.Expressions.Interpreter.LightLambda"] =
            "its code was made while this process ran. Send the expression tree, and compile it inside the function.",
        ["System.AppDomain"] = "it is this process.",
        ["System.__ComObject"] = "a COM object belongs to this process.",
        ["System.Collections.Immutable.ImmutableDictionary`2+Builder"] = "send what ToImmutable() makes of it.",
        ["System.Collections.Immutable.ImmutableHashSet`1+Builder"] = "send what ToImmutable() makes of it.",
    };

    /// <summary>What to do instead of sending an object of the type; null if nothing speaks against it.</summary>
    public static string? AdviceFor(Type type) => Advice.TryFind(type, out _, out string? advice) && advice!.Length > 0 ? advice : null;
}
