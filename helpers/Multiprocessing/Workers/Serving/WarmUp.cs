using System.Runtime.InteropServices;
using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Diagnostics;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Workers.Serving;

/// <summary>
/// Serves a parent that is this process itself, before there is a call, so that a worker in stock has loaded and prepared all that the first real call takes: a pool from the stock and its first map
/// take 15 ms instead of 60 so, on two busy processors.
/// </summary>
internal static class WarmUp
{
    private const int FirstCall = 1;
    private const string Name = "warm-up";

    /// <param name="host">That of this process.</param>
    /// <param name="assemblies">Finds what the code needs.</param>
    public static unsafe void Run(WorkerHost host, ShippedAssemblies assemblies)
    {
        // Not shared memory: a worker that is killed meanwhile would leave it.
        byte* bytes = (byte*)NativeMemory.AllocZeroed((nuint)ConnectionMemory.Size);
        SharedEventState* events = stackalloc SharedEventState[2];
        try
        {
            using ConnectionMemory memory = new(bytes);
            memory.State.Parent.Attendant = 1;
            Serve(host, memory, new ParentLine(memory, events, Stream.Null), assemblies);
        }
        finally
        {
            NativeMemory.Free(bytes);
        }
    }

    private static void Serve(WorkerHost host, ConnectionMemory memory, ParentLine parent, ShippedAssemblies assemblies)
    {
        FrameOutbox requests = new(memory.RequestWriter());
        InputFunction<int, int> function = new(static x => x + 1);
        function.Prepare(culture: null);
        Post(requests, FrameKind.Function, FirstCall, Shipment.Pack(function, Name, host).Payload);
        ReadOnlySpan<int> inputs = [1, 2];
        PayloadWriter tasks = new();
        tasks.WriteInt64(0);
        tasks.WriteInt32(inputs.Length);
        TaskData<int>.Write(tasks, inputs, static _ => Name, host, attach: true);
        Post(requests, FrameKind.Tasks, FirstCall, tasks.Written);

        int[] numbers = [1, 2, 3];
        int sum = 0;
        PayloadWriter environment = new();
        EnvironmentSnapshot now = host.TakeEnvironment();
        EnvironmentDelta.Since(now.Variables, now).Write(environment);
        int call = FirstCall;
        foreach (Call warm in (Call[])[Call.Of(() => Array.TrueForAll(numbers, number => (sum += number) > 0) ? sum : 0), Call.Of(static () => { })])
        {
            warm.Prepare();
            PayloadWriter content = new();
            content.WriteByte((byte)CallRole.Usual);
            TraceContext.Write(null, content);
            content.WriteBytes(Shipment.Pack(warm, Name, host).Payload.Span);
            Post(requests, FrameKind.Call, ++call, content.Written);
            requests.Post(FrameKind.Environment, environment.Written.Span, []);
            Post(requests, FrameKind.Begin, call, default);
        }

        Post(requests, FrameKind.Forget, FirstCall, default);
        Post(requests, FrameKind.End, FirstCall, default);

        FrameSender sender = new(memory, parent);
        using FrameWriter writer = new(sender, FrameKind.Output);
        TextWriter.Synchronized(writer).WriteLine($"{sum} {0.5}");
        new WorkerServer(host, memory, parent, sender, assemblies, new CallCancellation(), watch: null).Run();
        FrameInbox replies = new(memory.ReplyReader(), static () => false);
        while (replies.TryReceive(out Frame reply, out _))
        {
            if (reply.Kind == FrameKind.Result)
            {
                _ = Shipment.Unpack(reply.Payload, host);
            }
        }
    }

    private static void Post(FrameOutbox requests, FrameKind kind, int call, ReadOnlyMemory<byte> content)
    {
        PayloadWriter payload = new();
        payload.WriteInt32(call);
        payload.WriteBytes(content.Span);
        requests.Post(kind, payload.Written.Span, []);
    }

    /// <summary>
    /// Never called: the compiler that works ahead of time makes the code of a generic type for the arguments that it is named with. These are the commonest; others are compiled by the first call, in
    /// some 5 ms.
    /// </summary>
    public static void CompileAhead(PayloadReader inputs, TaskReplies replies)
    {
        new InputFunction<int, long>((Func<int, long>)null!).Run(inputs, null, 0, replies);
        new InputFunction<int, double>((Func<int, double>)null!).Run(inputs, null, 0, replies);
        new InputFunction<int, bool>((Func<int, bool>)null!).Run(inputs, null, 0, replies);
        new InputFunction<int, string>((Func<int, string>)null!).Run(inputs, null, 0, replies);
        new InputFunction<int, byte>((Action<int>)null!).Run(inputs, null, 0, replies);
        new InputFunction<long, long>((Func<long, long>)null!).Run(inputs, null, 0, replies);
        new InputFunction<double, double>((Func<double, double>)null!).Run(inputs, null, 0, replies);
        new InputFunction<string, int>((Func<string, int>)null!).Run(inputs, null, 0, replies);
        new InputFunction<string, string>((Func<string, string>)null!).Run(inputs, null, 0, replies);
    }
}
