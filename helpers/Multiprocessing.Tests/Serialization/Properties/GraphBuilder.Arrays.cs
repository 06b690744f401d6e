namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Arrays of every rank and bound, of values, of references, of arrays, and under the name of a base.</summary>
internal sealed partial class GraphBuilder
{
    private object AnyArray() => Next(9) switch
    {
        0 => Objects(),
        1 => Strings(),
        2 => Keep<object>(Array.ConvertAll(new byte[Next(40)], _ => (byte)Next(256))),
        3 => Keep<object>(Array.ConvertAll(new double[Next(6)], _ => BitConverter.Int64BitsToDouble(Bits()))),
        4 => Keep<object>(Array.ConvertAll(new int?[Next(6)], int? (_) => Next(3) == 0 ? null : Next(100))),
        5 => FillWith(Keep(new (int, object?, string?)[Next(4)]), () => (Next(9), Any(), Next(2) == 0 ? null : Text())),
        6 => Jagged(),
        7 => OfAnyRank(typeof(object), Any),
        _ => OfAnyRank(typeof(long), () => Bits()),
    };

    private object[] Objects()
    {
        object?[] array = Keep(new object?[Next(6)]);
        return FillWith(array, Any)!;
    }

    /// <summary>An array of strings, which may be used as one of objects.</summary>
    private string[] Strings() => FillWith(Keep(new string[Next(4)]), Text);

    private object[] Jagged()
    {
        // Rows are of different classes, as covariance allows.
        object[][] rows = Keep(new object[Next(4)][]);
        return FillWith(rows, () => Next(3) == 0 ? Strings() : Objects());
    }

    private Array OfAnyRank(Type elementType, Func<object?> element)
    {
        int rank = 1 + Next(4);
        int[] lengths = new int[rank];
        int[] lowerBounds = new int[rank];
        for (int dimension = 0; dimension < rank; dimension++)
        {
            lengths[dimension] = Next(4);
            lowerBounds[dimension] = Next(4) switch { 0 => 0, 1 => 1, 2 => -Next(1000), _ => int.MaxValue - 4 };
        }

        Array array = Keep(Array.CreateInstance(elementType, lengths, lowerBounds));
        int[] place = [.. lowerBounds];
        for (int left = lengths.Aggregate(1, static (product, length) => product * length); left > 0; left--)
        {
            array.SetValue(element(), place);
            for (int dimension = rank - 1; dimension >= 0 && ++place[dimension] == lowerBounds[dimension] + lengths[dimension]; dimension--)
            {
                place[dimension] = lowerBounds[dimension];
            }
        }

        return array;
    }

    private static T[] FillWith<T>(T[] array, Func<T> element)
    {
        for (int i = 0; i < array.Length; i++)
        {
            array[i] = element();
        }

        return array;
    }
}
