namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>An object that is equal to itself alone.</summary>
internal sealed class Node
{
    public int Number { get; init; }

    public object? Left { get; set; }

    public object? Right { get; set; }

    public override string ToString() => $"node {Number}";
}
