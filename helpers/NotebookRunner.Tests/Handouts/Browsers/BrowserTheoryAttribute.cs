using System.Runtime.CompilerServices;

namespace NotebookRunner.Tests.Handouts.Browsers;

/// <summary>A test that needs a browser, with data.</summary>
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = BrowserFactAttribute.Reason;
    }
}
