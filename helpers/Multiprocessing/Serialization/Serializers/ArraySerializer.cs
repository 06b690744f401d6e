using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>Allocates arrays of any rank and bounds.</summary>
internal abstract class ArraySerializer(Type type) : Serializer
{
    protected Type ElementType { get; } = type.GetElementType()!;

    public override bool HasBody => true;

    public override void WriteHead(GraphWriter writer, object value)
    {
        Array array = (Array)value;
        for (int dimension = 0; dimension < array.Rank; dimension++)
        {
            writer.Output.WriteCount(array.GetLength(dimension));
            if (!type.IsSZArray)
            {
                writer.Output.WriteInt32(array.GetLowerBound(dimension));
            }
        }
    }

    /// <summary>Makes a vector, whose elements are about to be set.</summary>
    protected virtual Array Allocate(int length) => Array.CreateInstanceFromArrayType(type, length);

    public override object ReadHead(GraphReader reader)
    {
        if (type.IsSZArray)
        {
            return Allocate(reader.Input.ReadCount());
        }

        int rank = type.GetArrayRank();
        int[] lengths = new int[rank];
        int[] lowerBounds = new int[rank];
        for (int dimension = 0; dimension < rank; dimension++)
        {
            lengths[dimension] = reader.Input.ReadCount();
            lowerBounds[dimension] = reader.Input.ReadInt32();
        }

        return Array.CreateInstanceFromArrayType(type, lengths, lowerBounds);
    }
}
