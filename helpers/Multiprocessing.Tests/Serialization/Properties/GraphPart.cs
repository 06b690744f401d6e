namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>One thing that an object holds.</summary>
/// <param name="Name">Where it holds it.</param>
/// <param name="Value">What it holds.</param>
/// <param name="IsReference">It refers to it, so that it matters which of several equal objects it is.</param>
internal sealed record GraphPart(string Name, object? Value, bool IsReference)
{
    public static GraphPart Of(string name, object? value, Type declared) => new(name, value, !declared.IsValueType);

    /// <summary>What follows from the rest and is no object of its own.</summary>
    public static GraphPart Fact(string name, object? value) => new(name, value, false);
}
