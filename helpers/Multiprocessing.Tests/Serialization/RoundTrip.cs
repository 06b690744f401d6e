using Multiprocessing.Hosting;
using Multiprocessing.Serialization;

namespace Multiprocessing.Tests.Serialization;

/// <summary>Sends an object on the journey that it would make to a worker, without a worker.</summary>
internal static class RoundTrip
{
    /// <summary>Both ends are in this process.</summary>
    public static SerializationContext Context { get; } = new(new NoNotebook());

    public static T Of<T>(T value) => (T)Shipment.Unpack(Shipment.Pack(value, "value", Context).Payload.ToArray(), Context)!;

    public static NotShippableException Refusal(object? value) =>
        Assert.Throws<NotShippableException>(() => Shipment.Pack(value, "value", Context));
}
