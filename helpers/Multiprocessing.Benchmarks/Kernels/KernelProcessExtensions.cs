using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>What is asked of a kernel that is measured.</summary>
internal static class KernelProcessExtensions
{
    /// <summary>Runs a cell.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<CellResult> RunAsync(this KernelProcess kernel, string code, CancellationToken cancellationToken)
    {
        CellResult result = await kernel.ExecuteAsync(code, onEvent: null, cancellationToken);
        return result.Succeeded
            ? result
            : throw new InvalidOperationException($"the cell '{code.ReplaceLineEndings(" ")}' failed: {result.Events.OfType<ErrorRaised>().FirstOrDefault()?.Message.ReplaceLineEndings(" ")}");
    }

    /// <summary>What the cell printed.</summary>
    public static string Printed(this CellResult result) => string.Concat(result.Events.OfType<StandardOutputProduced>().Select(static output => output.Text)).ReplaceLineEndings("\n");

    /// <summary>The HTML of the cell's value; empty if it has none.</summary>
    public static string Value(this CellResult result) => result.Events.OfType<ValueReturned>().FirstOrDefault()?.MimeBundle.GetValueOrDefault("text/html") ?? "";
}
