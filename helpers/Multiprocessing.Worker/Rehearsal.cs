using Multiprocessing.Calls;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Code;
using Multiprocessing.Worker.Assemblies;
using Multiprocessing.Worker.Consoles;
using Multiprocessing.Transport;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Launching;

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
        Rehearse(new ActionCall(static () => { }), assemblies);
        Rehearse(new FunctionCall<int>(() =>
        {
            foreach (int number in numbers)
            {
                sum += number;
            }

            return sum;
        }), assemblies);

        PoolRehearsal.Run();

        using Channel nowhere = new(Stream.Null);
        using FrameWriter writer = new(nowhere, FrameKind.Output);
        TextWriter.Synchronized(writer).WriteLine($"{sum} {0.5}");
        nowhere.Send(FrameKind.Result, []);

        PayloadWriter surroundings = new();
        Dictionary<string, string> environment = WorkerCommand.CurrentEnvironment();
        Surroundings.Since(environment, environment).Write(surroundings);
        Surroundings.Read(new PayloadReader(surroundings.Written)).Apply();
    }

    private static void Rehearse(Call call, ShippedAssemblies assemblies)
    {
        Shipment shipment = Shipment.Pack(new Assignment(call), "rehearsal");
        Assignment received = (Assignment)Shipment.Unpack(shipment.Payload, assemblies)!;
        received.ApplyCultures();
        object? result = received.Call.Invoke();
        Shipment answer = Shipment.Pack(result, () => $"result of {GeneratedNames.Describe(received.Call.Function.Method)}");
        _ = Shipment.Unpack(answer.Payload, assemblies);
    }
}
