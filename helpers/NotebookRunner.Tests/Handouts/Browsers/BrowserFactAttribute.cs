using System.Runtime.CompilerServices;
using NotebookRunner.Handouts.Printing;

namespace NotebookRunner.Tests.Handouts.Browsers;

/// <summary>A test that needs a browser.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = Reason;
    }

    internal static string? Reason { get; } = ChromiumProgram.Find() is null
        ? $"no Chromium, Chrome or Edge here: install one, or name its program in {ChromiumProgram.Variable}"
        : null;
}
