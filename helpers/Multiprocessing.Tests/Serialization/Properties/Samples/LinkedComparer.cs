using System.Collections;

namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>Compares as usual, and can be part of a cycle.</summary>
internal sealed class LinkedComparer : IEqualityComparer<object>, IEqualityComparer
{
    public object? Link { get; init; }

    public new bool Equals(object? x, object? y) => object.Equals(x, y);

    public int GetHashCode(object value) => value.GetHashCode();
}
