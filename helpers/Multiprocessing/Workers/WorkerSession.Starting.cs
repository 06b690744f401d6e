using Multiprocessing.Calls;
using Multiprocessing.Hosts;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Serialization.Code;
using Multiprocessing.Transport;
using Multiprocessing.Transport.Segments;
using Multiprocessing.Workers.Launching;
using Multiprocessing.Workers.Listing;

namespace Multiprocessing.Workers;

/// <content>How it begins: the call is packed and sent.</content>
internal sealed partial class WorkerSession
{
    /// <summary>Starts a call in a worker of its own.</summary>
    /// <param name="call">The call.</param>
    /// <param name="name">The worker's name, for messages.</param>
    /// <param name="processors">How many processors the worker sees; null for all that there are.</param>
    /// <param name="isNameGiven">Whether somebody chose the name: the worker is told it then.</param>
    /// <exception cref="NotShippableException">The function needs something that cannot go. No worker is used then.</exception>
    public static WorkerSession Start(Call call, string name, int? processors = null, bool isNameGiven = false)
    {
        KernelExtension.EnsureLoaded();

        // The worker first, and what every call begins with: while its process starts, or wakes up, this one packs.
        LaunchedWorker worker = WorkerStock.Default.Take(processors);
        Shipment shipment;
        List<AssemblyFrame> assemblies;
        try
        {
            TellSurroundings(worker);
            shipment = Shipment.Pack(new Assignment(call, isNameGiven ? name : null), () => GeneratedNames.Describe(call.Function.Method));
            assemblies = [.. shipment.Assemblies.Select(AssemblyFrame.Of)];
        }
        catch
        {
            WorkerStock.Default.Return(worker);
            throw;
        }

        WorkerSession session = new(worker, call, name, Holding.Begin(shipment.Shared, worker.Id));
        session.Send(assemblies, shipment);
        session.Begin();
        LiveWorkers.Add(session);
        if (worker.IsRehearsed)
        {
            WorkerStock.Default.Refill();
        }

        return session;
    }

    private void Begin()
    {
        Thread reader = new(Run, maxStackSize: 1024 * 1024) { IsBackground = true, Name = $"Worker {_worker.Id}" };
        reader.UnsafeStart();
    }

    private static void TellSurroundings(LaunchedWorker worker)
    {
        Dictionary<string, string> now = WorkerCommand.CurrentEnvironment();
        PayloadWriter payload = new();
        Surroundings.Since(worker.Environment, now).Write(payload);
        worker.Environment = now;
        try
        {
            worker.Channel.Send(FrameKind.Surroundings, payload.Written.Span);
        }
        catch (IOException)
        {
            // It has died. The call, which follows, will find that out, too.
        }
    }

    private void Send(List<AssemblyFrame> assemblies, Shipment shipment)
    {
        try
        {
            foreach (AssemblyFrame assembly in assemblies)
            {
                PayloadWriter payload = new();
                assembly.Write(payload);
                _worker.Channel.Send(FrameKind.Assembly, payload.Written.Span);
            }

            _worker.Channel.Send(FrameKind.Call, shipment.Payload.Span);
        }
        catch (IOException)
        {
            // It died meanwhile, or soon does: a worker with half a call would wait for ever. The reader finds out how, and whoever waits is told.
            _worker.Kill(withChildren: true);
        }
    }
}
