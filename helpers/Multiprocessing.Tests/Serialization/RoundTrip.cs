using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Tests.Serialization;

/// <summary>Sends an object on the journey that it would make to a worker, without a worker.</summary>
internal static class RoundTrip
{
    public static T Of<T>(T value) => (T)Shipment.Unpack(Shipment.Pack(value, "value").Payload.ToArray(), new LoadedAssemblies())!;

    public static NotShippableException Refusal(object? value) =>
        Assert.Throws<NotShippableException>(() => Shipment.Pack(value, "value"));
}
