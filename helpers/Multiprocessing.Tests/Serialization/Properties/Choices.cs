namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>
/// What a random graph is made from: the numbers by which <see cref="GraphBuilder"/> decides. The same choices make the same graph any number of times,
/// and fewer or smaller ones make a smaller graph, so that a failure shrinks to something that a reader can follow.
/// </summary>
internal sealed record Choices(int[] Numbers)
{
    /// <summary>As a C# expression, to be pasted into a test.</summary>
    public override string ToString() => $"new Choices([{string.Join(", ", Numbers)}])";
}
