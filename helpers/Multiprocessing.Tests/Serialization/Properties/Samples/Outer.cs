namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>A generic class with another in it.</summary>
internal sealed class Outer<T>
    where T : notnull
{
    /// <summary>A class that has the type parameters of both.</summary>
    internal sealed class Inner<TOther>
    {
        public T? First { get; set; }

        public TOther? Second { get; set; }

        public Dictionary<T, List<TOther>> Many { get; set; } = [];
    }
}
