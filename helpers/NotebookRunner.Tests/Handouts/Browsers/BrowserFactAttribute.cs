using NotebookRunner.Handouts.Printing;

namespace NotebookRunner.Tests.Handouts.Browsers;

/// <summary>A test that needs a browser.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        Skip = Reason;
    }

    internal static string? Reason { get; } = ChromiumProgram.Find() is null
        ? $"no Chromium, Chrome or Edge here: install one, or name its program in {ChromiumProgram.Variable}"
        : null;
}
