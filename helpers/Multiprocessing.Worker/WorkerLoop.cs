using Multiprocessing.Calls;
using Multiprocessing.Memory;
using Multiprocessing.Shipping;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Shipping.Code;
using Multiprocessing.Transport;
using Multiprocessing.Worker.Assemblies;
using Multiprocessing.Worker.Consoles;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Worker;

/// <summary>Takes what the parent sends, runs the call, and answers.</summary>
internal sealed class WorkerLoop(Channel channel, ParentLibraries libraries)
{
    private readonly ShippedAssemblies _assemblies = new(libraries);
    private bool _isRehearsed;

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
                    Prepare();
                    ParentWatch.Begin(libraries);
                    return Answer(frame.Payload);
                default:
                    throw new InvalidDataException($"A parent does not send {frame.Kind}.");
            }
        }

        return WorkerExit.Returned;
    }

    private void Greet(Greeting greeting)
    {
        _assemblies.Learn(greeting);
        ParentSegmentFolder.Learn(greeting.SegmentFolder);
        foreach (string name in greeting.RemovedVariables)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        if (greeting.Rehearse)
        {
            Prepare();
            Rehearsal.Run(_assemblies);
            _isRehearsed = true;
        }
    }

    /// <summary>Does what every call needs and none has a part in; before the call, if there is time.</summary>
    private void Prepare()
    {
        if (_isRehearsed)
        {
            return;
        }

        ParentWatch.Prepare(channel, libraries);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TellEnd();
        Console.SetOut(new FrameWriter(channel, FrameKind.Output));
        Console.SetError(new FrameWriter(channel, FrameKind.ErrorOutput));
    }

    private int Answer(byte[] payload)
    {
        ThisWorker.Begin();
        try
        {
            Assignment assignment = (Assignment)Shipment.Unpack(payload, _assemblies)!;
            ThisWorker.Name = assignment.WorkerName;
            assignment.ApplyCultures();
            if (!_isRehearsed)
            {
                channel.Send(FrameKind.Started, []);
            }

            object? result = assignment.Call.Invoke();
            Shipment shipment = Shipment.Pack(result, () => $"result of {GeneratedNames.Describe(assignment.Call.Function.Method)}");
            TrackedObjects.LeaveAll();
            ParentWatch.CallHasEnded();
            channel.Send(FrameKind.Result, shipment.Payload.Span);
            return WorkerExit.Returned;
        }
#pragma warning disable CA1031 // Whatever the function throws goes to the parent.
        catch (Exception e)
#pragma warning restore CA1031
        {
            PayloadWriter fault = new();
            FaultReport.Of(e).Write(fault);
            ParentWatch.CallHasEnded();
            channel.Send(FrameKind.Fault, fault.Written.Span);
            return WorkerExit.Threw;
        }
    }

    private void TellEnd()
    {
        try
        {
            channel.Send(FrameKind.Ending, []);
        }
        catch (IOException)
        {
            // The parent has ended first.
        }
    }
}
