using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Multiprocessing.Tests.Serialization;

/// <summary>What cannot go is refused, in one line that names it and says what to do.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly List<IDisposable> _open = [];

    public static TheoryData<string> Kinds => [.. Specimens(static _ => { }).Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_belongs_to_this_process_is_refused(string kind)
    {
        NotShippableException refusal = RoundTrip.Refusal(Specimens(_open.Add)[kind]());

        Assert.StartsWith("value", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(" cannot be sent to another process: ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Culprit);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_belongs_to_this_process_is_refused_wherever_it_is(string kind)
    {
        object specimen = Specimens(_open.Add)[kind]();
        Assert.StartsWith("value -> [1] -> Item2 -> [key]", RoundTrip.Refusal(
            new List<object> { 1, (1, new Dictionary<string, object> { ["key"] = new[] { specimen } }) }).Path, StringComparison.Ordinal);
    }

    public void Dispose() => _open.ForEach(static open => open.Dispose());

    private static Dictionary<string, Func<object>> Specimens(Action<IDisposable> keep)
    {
        return new(StringComparer.Ordinal)
        {
            ["file"] = () => Keep(File.OpenRead(Environment.ProcessPath!)),
            ["buffered file"] = () => Keep(new BufferedStream(Keep(File.OpenRead(Environment.ProcessPath!)))),
            ["reader"] = () => Keep(File.OpenText(Environment.ProcessPath!)),
            ["closed reader"] = ClosedReader,
            ["writer"] = () => Keep(new StreamWriter(new MemoryStream())),
            ["console"] = () => Console.Out,
            ["console input"] = () => Console.In,
            ["thread"] = () => Thread.CurrentThread,
            ["task"] = () => Task.CompletedTask,
            ["task with result"] = () => Task.FromResult(5),
            ["unfinished task"] = () => new TaskCompletionSource<int>().Task,
            ["task source"] = () => new TaskCompletionSource(),
            ["value task"] = () => new ValueTask<int>(5),
            ["plain value task"] = () => new ValueTask(Task.CompletedTask),
            ["cancellation source"] = () => Keep(new CancellationTokenSource()),
            ["cancellation token"] = () => Keep(new CancellationTokenSource()).Token,
            ["registration"] = () => Keep(new CancellationTokenSource()).Token.Register(() => { }),
            ["timer"] = () => Keep(new Timer(_ => { })),
            ["other timer"] = () => Keep(new System.Timers.Timer()),
            ["periodic timer"] = () => Keep(new PeriodicTimer(TimeSpan.FromHours(1))),
            ["event"] = () => Keep(new ManualResetEvent(false)),
            ["mutex"] = () => Keep(new Mutex()),
            ["semaphore"] = () => Keep(new SemaphoreSlim(1)),
            ["slim event"] = () => Keep(new ManualResetEventSlim()),
            ["countdown"] = () => Keep(new CountdownEvent(1)),
            ["barrier"] = () => Keep(new Barrier(1)),
            ["reader writer lock"] = () => Keep(new ReaderWriterLockSlim()),
            ["old reader writer lock"] = () => new ReaderWriterLock(),
            ["lock"] = () => typeof(Lock).GetConstructor([])!.Invoke(null),
            ["thread local"] = () => Keep(new ThreadLocal<int>()),
            ["async local"] = () => new AsyncLocal<int>(),
            ["synchronization context"] = () => new SynchronizationContext(),
            ["execution context"] = () => ExecutionContext.Capture()!,
            ["scheduler"] = () => TaskScheduler.Default,
            ["socket"] = () => Keep(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)),
            ["tcp client"] = () => Keep(new TcpClient()),
            ["udp client"] = () => Keep(new UdpClient()),
            ["listener"] = () => Keep(new TcpListener(IPAddress.Loopback, 0)),
            ["http client"] = () => Keep(new HttpClient()),
            ["process"] = () => Keep(System.Diagnostics.Process.GetCurrentProcess()),
            ["load context"] = () => System.Runtime.Loader.AssemblyLoadContext.Default,
            ["module"] = () => typeof(string).Module,
            ["domain"] = () => AppDomain.CurrentDomain,
            ["safe handle"] = () => Keep(File.OpenHandle(Environment.ProcessPath!)),
            ["handle"] = () => (nint)5,
            ["unsigned handle"] = () => (nuint)5,
            ["gc handle"] = () => GCHandle.Alloc(new object(), GCHandleType.Weak),
            ["pointer"] = Pointer,
            ["boxed pointer"] = BoxedPointer,
            ["blocking collection"] = () => Keep(new System.Collections.Concurrent.BlockingCollection<int>()),
            ["channel"] = () => System.Threading.Channels.Channel.CreateUnbounded<int>(),
            ["worker"] = () => Keep(new WorkerProcess(() => { })),
            ["pool"] = () => Keep(new WorkerPool(1)),
            ["watcher"] = () => Keep(new FileSystemWatcher("/")),
            ["stack trace"] = () => new System.Diagnostics.StackTrace(),
            ["dispatch info"] = () => System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(new FormatException()),
            ["hash function"] = () => Keep(System.Security.Cryptography.SHA256.Create()),
            ["json options"] = () => new System.Text.Json.JsonSerializerOptions(),
            ["json converter"] = () => new System.Text.Json.Serialization.JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase),
            ["progress"] = () => new Progress<int>(),
            ["table"] = () => Keep(new System.Data.DataTable()),
            ["weak table"] = () => new System.Runtime.CompilerServices.ConditionalWeakTable<object, object>(),
            ["immutable builder"] = () => System.Collections.Immutable.ImmutableDictionary.CreateBuilder<int, int>(),
            ["immutable set builder"] = () => System.Collections.Immutable.ImmutableHashSet.CreateBuilder<int>(),
            ["derived from a stream"] = () => Keep(new OwnStream()),
            ["derived from a task"] = () => new OwnTask(),
            ["derived from a component"] = () => Keep(new OwnComponent()),
            ["type made while running"] = DynamicObject,
            ["assembly made while running"] = () => DynamicObject().GetType().Assembly,
            ["method made while running"] = () => new System.Reflection.Emit.DynamicMethod("m", null, []),
            ["native function"] = NativeFunction,
        };

        T Keep<T>(T open)
            where T : IDisposable
        {
            keep(open);
            return open;
        }
    }

    private static StreamReader ClosedReader()
    {
        StreamReader reader = File.OpenText(Environment.ProcessPath!);
        reader.Dispose();
        return reader;
    }

    private static unsafe PointerHolder Pointer()
    {
        int number = 0;
        return new PointerHolder { Address = &number };
    }

    private static unsafe object BoxedPointer()
    {
        int number = 0;
        return System.Reflection.Pointer.Box(&number, typeof(int*));
    }

    private static object DynamicObject()
    {
        var module = System.Reflection.Emit.AssemblyBuilder.DefineDynamicAssembly(new("Made"), System.Reflection.Emit.AssemblyBuilderAccess.Run).DefineDynamicModule("m");
        return Activator.CreateInstance(module.DefineType("T").CreateType())!;
    }

    private static Action NativeFunction()
    {
        (string library, string function) = OperatingSystem.IsWindows() ? ("kernel32", "GetCurrentProcessId") : ("libc", "getpid");
        return Marshal.GetDelegateForFunctionPointer<Action>(NativeLibrary.GetExport(NativeLibrary.Load(library, typeof(RefusalTests).Assembly, null), function));
    }

    private sealed unsafe class PointerHolder
    {
        public int* Address;
    }

    private sealed class OwnStream : FileStream
    {
        public OwnStream()
            : base(Environment.ProcessPath!, FileMode.Open, FileAccess.Read)
        {
        }
    }

    private sealed class OwnTask() : Task(() => { });

    private sealed class OwnComponent : System.ComponentModel.Component;
}
