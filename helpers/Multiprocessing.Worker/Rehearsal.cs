using Multiprocessing.Calls;
using Multiprocessing.Shipping;
using Multiprocessing.Worker.Assemblies;
using Multiprocessing.Worker.Consoles;
using Multiprocessing.Transport;
using Multiprocessing.Workers;

namespace Multiprocessing.Worker;

/// <summary>
/// Runs a call from beginning to end before there is one, so that a worker in stock has loaded and prepared all that the first real call takes.
/// </summary>
internal static class Rehearsal
{
    public static void Run(ShippedAssemblies assemblies)
    {
        int[] numbers = [1, 2, 3];
        int sum = 0;
        Assignment assignment = new(new FunctionCall<int>(() =>
        {
            foreach (int number in numbers)
            {
                sum += number;
            }

            return sum;
        }));
        Shipment call = Shipment.Pack(assignment, "rehearsal");
        Assignment received = (Assignment)Shipment.Unpack(call.Payload, assemblies)!;
        received.ApplyCultures();
        object? result = received.Call.Invoke();
        _ = Shipment.Unpack(Shipment.Pack(result, "result").Payload, assemblies);

        using Channel nowhere = new(Stream.Null);
        using FrameWriter writer = new(nowhere, FrameKind.Output);
        TextWriter.Synchronized(writer).WriteLine($"{sum} {0.5}");
        nowhere.Send(FrameKind.Result, call.Payload.Span);

        PayloadWriter surroundings = new();
        Surroundings.Since(Multiprocessing.Workers.Launching.WorkerCommand.CurrentEnvironment()).Write(surroundings);
        Surroundings.Read(new PayloadReader(surroundings.Written)).Apply();
    }
}
