namespace NotebookRunner.Kernels;

/// <summary>The <c>kernel</c> verb: a C# kernel that speaks .NET Interactive's stdio protocol on standard input and output.</summary>
internal static class EmbeddedKernel
{
    /// <summary>Runs until standard input ends or a Quit command comes.</summary>
    /// <param name="arguments">What follows the verb, for instance <c>--working-dir DIR</c>.</param>
    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => throw new NotImplementedException();
}
