using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

/// <summary>What tests ask of a cell's events.</summary>
internal static class CellResultExtensions
{
    public static string Output(this CellResult result) =>
        string.Concat(result.Events.OfType<StandardOutputProduced>().Select(output => output.Text)).Replace("\r\n", "\n", StringComparison.Ordinal);

    public static string ErrorOutput(this CellResult result) =>
        string.Concat(result.Events.OfType<StandardErrorProduced>().Select(output => output.Text)).Replace("\r\n", "\n", StringComparison.Ordinal);

    public static ErrorRaised Error(this CellResult result)
    {
        Assert.False(result.Succeeded);
        return Assert.Single(result.Events.OfType<ErrorRaised>());
    }

    public static IReadOnlyDictionary<string, string> Returned(this CellResult result)
    {
        AssertSucceeded(result);
        return Assert.Single(result.Events.OfType<ValueReturned>()).MimeBundle;
    }

    public static IReadOnlyList<ValueDisplayed> Displayed(this CellResult result)
    {
        AssertSucceeded(result);
        return [.. result.Events.OfType<ValueDisplayed>()];
    }

    public static void AssertSucceeded(this CellResult result) =>
        Assert.True(result.Succeeded, string.Join('\n', result.Events.OfType<ErrorRaised>()));
}
