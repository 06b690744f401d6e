namespace NotebookRunner.Tests.Handouts.Browsers;

/// <summary>A test that needs a browser, with data.</summary>
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        Skip = BrowserFactAttribute.Reason;
    }
}
