using System.Runtime.CompilerServices;

namespace NotebookRunner.Tests;

/// <summary>A test of what only Windows has.</summary>
internal sealed class WindowsFactAttribute : FactAttribute
{
    public WindowsFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!OperatingSystem.IsWindows())
            Skip = "needs Windows";
    }
}
