using System.Runtime.CompilerServices;

namespace NotebookRunner.Tests.Handouts.Browsers;

/// <summary>A test that needs a browser and axe-core, the accessibility checker (npm), of which nothing is kept in this repository.</summary>
internal sealed class AxeFactAttribute : FactAttribute
{
    /// <summary>Names the file <c>axe.min.js</c>.</summary>
    internal const string Variable = "AXE_CORE";

    public AxeFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = BrowserFactAttribute.Reason
            ?? (File.Exists(ScriptPath) ? null : $"no axe-core here: npm install axe-core, and name its axe.min.js in {Variable}");
    }

    internal static string? ScriptPath { get; } = Environment.GetEnvironmentVariable(Variable);
}
