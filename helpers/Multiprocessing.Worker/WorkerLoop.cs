using Multiprocessing.Calls;
using Multiprocessing.Shipping;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Shipping.Code;
using Multiprocessing.Transport;
using Multiprocessing.Transport.Segments;
using Multiprocessing.Worker.Assemblies;
using Multiprocessing.Worker.Consoles;
using Multiprocessing.Workers;

namespace Multiprocessing.Worker;

/// <summary>Takes what the parent sends, runs the call, and answers.</summary>
internal sealed class WorkerLoop(Channel channel)
{
    private const int Returned = 0;
    private const int Threw = 1;

    private readonly ShippedAssemblies _assemblies = new();

    /// <summary>Serves until the call has been answered, or the parent is gone.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        ProcessAssemblies.Resolver = _assemblies;
        while (channel.Receive() is { } frame)
        {
            switch (frame.Kind)
            {
                case FrameKind.Greeting:
                    Greet(Greeting.Read(new PayloadReader(frame.Payload)));
                    break;
                case FrameKind.Surroundings:
                    Surroundings.Read(new PayloadReader(frame.Payload)).Apply();
                    break;
                case FrameKind.Assembly:
                    _assemblies.Add(AssemblyFrame.Read(new PayloadReader(frame.Payload)));
                    break;
                case FrameKind.Call:
                    ParentWatch.Begin(channel);
                    return Answer(frame.Payload);
                default:
                    throw new InvalidDataException($"A parent does not send {frame.Kind}.");
            }
        }

        return Returned;
    }

    private void Greet(Greeting greeting)
    {
        _assemblies.Learn(greeting);
        ParentFolder.Name = greeting.SegmentFolder;
        foreach (string name in greeting.RemovedVariables)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        if (greeting.Rehearse)
        {
            Rehearsal.Run(_assemblies);
        }
    }

    private int Answer(byte[] payload)
    {
        Console.SetOut(new FrameWriter(channel, FrameKind.Output));
        Console.SetError(new FrameWriter(channel, FrameKind.ErrorOutput));
        try
        {
            Assignment assignment = (Assignment)Shipment.Unpack(payload, _assemblies)!;
            assignment.ApplyCultures();
            channel.Send(FrameKind.Started, []);
            object? result = assignment.Call.Invoke();
            Shipment shipment = Shipment.Pack(result, () => $"result of {GeneratedNames.Describe(assignment.Call.Function.Method)}");
            HeldObjects.LeaveAll();
            channel.Send(FrameKind.Result, shipment.Payload.Span);
            return Returned;
        }
#pragma warning disable CA1031 // Whatever the function throws goes to the parent.
        catch (Exception e)
#pragma warning restore CA1031
        {
            PayloadWriter fault = new();
            FaultReport.Of(e).Write(fault);
            channel.Send(FrameKind.Fault, fault.Written.Span);
            return Threw;
        }
    }
}
