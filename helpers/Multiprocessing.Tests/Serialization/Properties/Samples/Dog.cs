namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>A derived class with a field of the same name as its base's, and a class within.</summary>
internal sealed class Dog(int first, int second, object? toy) : Animal(first)
{
    private readonly int _number = second;

    public object? Toy => toy;

    /// <summary>The base's method, not this class's, bound to this object.</summary>
    public Func<int> SumOfBase => base.Sum;

    public override int Sum() => base.Sum() + (100 * _number);

    /// <summary>A class of its own, with a type parameter.</summary>
    internal sealed class Collar<T>
        where T : struct
    {
        public T? Content { get; init; }

        public int Other { get; init; }
    }
}
