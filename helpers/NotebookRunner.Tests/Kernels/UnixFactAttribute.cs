using System.Runtime.CompilerServices;

namespace NotebookRunner.Tests.Kernels;

/// <summary>A test that needs what Windows does not have.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (OperatingSystem.IsWindows())
            Skip = "needs a Unix";
    }
}
