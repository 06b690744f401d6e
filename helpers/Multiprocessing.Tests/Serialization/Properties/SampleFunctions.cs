using Multiprocessing.Tests.Serialization.Properties.Samples;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Functions to send. Each is made in a method of its own, since lambdas of one method share what they capture.</summary>
internal static class SampleFunctions
{
    public static Func<int> Static { get; } = static () => 5;

    public static Comparer<int> Backwards { get; } = Comparer<int>.Create(static (x, y) => y.CompareTo(x));

    public static Func<object?> Returning(object? value) => () => value;

    public static Func<int> Counter(int start)
    {
        int count = start;
        return () => count++;
    }

    /// <summary>A function whose variables lie in two objects, one for the loop and one for what is outside.</summary>
    public static Func<int> Linked(Node node)
    {
        Func<int>? last = null;
        for (int i = 0; i < 3; i++)
        {
            int number = i;
            Func<int>? before = last;
            last = () => node.Number + number + (before is null ? 0 : before());
        }

        return last!;
    }

    public static Comparer<string> Descending(object? link) => Comparer<string>.Create((x, y) => link == (object)x ? 0 : string.CompareOrdinal(y, x));

    public static int Generic<T>() => typeof(T).Name.Length;
}
