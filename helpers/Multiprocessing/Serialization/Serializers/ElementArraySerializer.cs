using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>An array element by element.</summary>
internal sealed class ElementArraySerializer(Type type) : ArraySerializer(type)
{
    public override void WriteBody(GraphWriter writer, object value)
    {
        if (value is object?[] references)
        {
            for (int i = 0; i < references.Length; i++)
            {
                writer.WriteReference(references[i], i);
            }

            return;
        }

        Array array = (Array)value;
        int position = 0;
        foreach (int[] indices in Indices(array))
        {
            writer.WriteValue(array.GetValue(indices), ElementType, position++);
        }
    }

    public override void ReadBody(GraphReader reader, object value)
    {
        if (value is object?[] references)
        {
            for (int i = 0; i < references.Length; i++)
            {
                references[i] = reader.ReadReference();
            }

            return;
        }

        Array array = (Array)value;
        foreach (int[] indices in Indices(array))
        {
            array.SetValue(reader.ReadValue(ElementType), indices);
        }
    }

    /// <summary>Every place of an array in row-major order; the same instance each time.</summary>
    private static IEnumerable<int[]> Indices(Array array)
    {
        int[] indices = new int[array.Rank];
        for (int dimension = 0; dimension < array.Rank; dimension++)
        {
            indices[dimension] = array.GetLowerBound(dimension);
        }

        for (long left = array.LongLength; left > 0; left--)
        {
            yield return indices;
            for (int dimension = array.Rank - 1; dimension >= 0; dimension--)
            {
                if (indices[dimension]++ < array.GetUpperBound(dimension))
                {
                    break;
                }

                indices[dimension] = array.GetLowerBound(dimension);
            }
        }
    }
}
