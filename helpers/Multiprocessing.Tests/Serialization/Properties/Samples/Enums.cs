namespace Multiprocessing.Tests.Serialization.Properties.Samples;

#pragma warning disable CA1028 // An enum of every width is what is wanted.
/// <summary>An enum of every width.</summary>
internal static class Enums
{
    public enum OfByte : byte
    {
        None,
    }

    public enum OfSByte : sbyte
    {
        None,
    }

    public enum OfInt16 : short
    {
        None,
    }

    public enum OfUInt16 : ushort
    {
        None,
    }

    public enum OfInt32
    {
        None,
    }

    public enum OfUInt32 : uint
    {
        None,
    }

    public enum OfInt64 : long
    {
        None,
    }

    public enum OfUInt64 : ulong
    {
        None,
    }
}
#pragma warning restore CA1028
