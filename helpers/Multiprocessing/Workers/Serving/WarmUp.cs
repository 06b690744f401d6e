using System.Runtime.InteropServices;
using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Workers.Serving;

/// <summary>Serves a parent that is this process itself, before there is a call, so that a worker in stock has loaded and prepared all that the first real call takes.</summary>
internal static class WarmUp
{
    private const int FirstCall = 1;

    /// <param name="host">That of this process.</param>
    /// <param name="assemblies">Finds what the code needs.</param>
    /// <param name="tasks">What it tries out of calls for many inputs.</param>
    public static unsafe void Run(WorkerHost host, ShippedAssemblies assemblies, IWarmUpTasks tasks)
    {
        // Not shared memory: a worker that is killed meanwhile would leave it.
        byte* bytes = (byte*)NativeMemory.AllocZeroed((nuint)ConnectionMemory.Size);
        SharedEventState* events = stackalloc SharedEventState[2];
        try
        {
            using ConnectionMemory memory = new(bytes);
            memory.State.Parent.Attendant = 1;
            Serve(host, memory, new ParentLine(memory, events, Stream.Null), assemblies, tasks);
        }
        finally
        {
            NativeMemory.Free(bytes);
        }
    }

    private static void Serve(WorkerHost host, ConnectionMemory memory, ParentLine parent, ShippedAssemblies assemblies, IWarmUpTasks tasks)
    {
        FrameOutbox requests = new(memory.RequestWriter());
        Post(requests, FrameKind.Function, FirstCall, tasks.PackFunction(host));
        Post(requests, FrameKind.Tasks, FirstCall, tasks.PackInputs(host));

        int[] numbers = [1, 2, 3];
        int sum = 0;
        PayloadWriter environment = new();
        EnvironmentSnapshot now = host.TakeEnvironment();
        EnvironmentDelta.Since(now.Variables, now.Variables).Write(environment);
        int call = FirstCall;
        foreach (Call warm in (Call[])[new FunctionCall<int>(() => Array.TrueForAll(numbers, number => (sum += number) > 0) ? sum : 0), new ActionCall(static () => { })])
        {
            PayloadWriter content = new();
            content.WriteByte((byte)CallRole.Usual);
            content.WriteBytes(Shipment.Pack(new CallWithCulture(warm), "warm-up", host).Payload.Span);
            Post(requests, FrameKind.Call, ++call, content.Written);
            requests.Post(FrameKind.Environment, environment.Written.Span, []);
            Post(requests, FrameKind.Begin, call, default);
        }

        Post(requests, FrameKind.Forget, FirstCall, default);
        Post(requests, FrameKind.End, FirstCall, default);

        FrameSender sender = new(memory, parent);
        using FrameWriter writer = new(sender, FrameKind.Output);
        TextWriter.Synchronized(writer).WriteLine($"{sum} {0.5}");
        new WorkerServer(host, memory, parent, sender, assemblies, tasks, watch: null).Run();
        FrameInbox replies = new(memory.ReplyReader(), static () => false);
        while (replies.TryReceive(out Frame reply, out _))
        {
            if (reply.Kind == FrameKind.Result)
            {
                _ = Shipment.Unpack(reply.Payload.AsMemory(sizeof(int)), host);
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
}
