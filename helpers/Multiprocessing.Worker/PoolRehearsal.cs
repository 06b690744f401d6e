using System.Runtime.InteropServices;
using Multiprocessing.Calls;
using Multiprocessing.Pools;
using Multiprocessing.Pools.Serving;
using Multiprocessing.Serialization;
using Multiprocessing.Transport.Rings;

namespace Multiprocessing.Worker;

/// <summary>Serves a pool of this process's own for a moment, so that a worker in stock has loaded and prepared all that a real pool takes.</summary>
internal static class PoolRehearsal
{
    private const int FirstCall = 1;
    private const int SecondCall = 2;

    public static unsafe void Run()
    {
        // Not shared memory: a worker that is killed meanwhile would leave it.
        byte* memory = (byte*)NativeMemory.AllocZeroed((nuint)WorkerLink.Size);
        BellState poolBell = default;
        try
        {
            using WorkerLink link = new(memory);
            Serve(link, new Bell(&poolBell));
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    private static void Serve(WorkerLink link, Bell poolBell)
    {
        FrameOutbox requests = new(link.RequestWriter());
        Post(requests, RingFrameKind.Function, FirstCall, Shipment.Pack(new MapFunction<int, int>(static x => x + 1), "rehearsal").Payload);
        PayloadWriter tasks = new();
        tasks.WriteInt64(0);
        tasks.WriteInt32(2);
        TaskData<int>.Write(tasks, [1, 2], static _ => "rehearsal", attach: true);
        Post(requests, RingFrameKind.Tasks, FirstCall, tasks.Written);
        Post(requests, RingFrameKind.Call, SecondCall, Shipment.Pack(new Assignment(new FunctionCall<int>(static () => 1)), "rehearsal").Payload);
        Post(requests, RingFrameKind.Begin, SecondCall, default);
        Post(requests, RingFrameKind.Forget, FirstCall, default);
        Post(requests, RingFrameKind.End, FirstCall, default);

        new TaskServer(link, poolBell).Run();
        FrameInbox replies = new(link.ReplyReader(), static () => false);
        while (replies.TryReceive(out _, out _))
        {
        }
    }

    private static void Post(FrameOutbox requests, RingFrameKind kind, int call, ReadOnlyMemory<byte> content)
    {
        PayloadWriter payload = new();
        payload.WriteInt32(call);
        payload.WriteBytes(content.Span);
        requests.Post(kind, payload.Written.Span, []);
    }
}
