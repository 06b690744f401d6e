using System.Runtime.CompilerServices;

namespace NotebookRunner.Tests.Kernels;

/// <summary>A test that needs the real .NET Interactive.</summary>
internal sealed class RealKernelFactAttribute : FactAttribute
{
    public RealKernelFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!RealKernel.IsThere)
            Skip = $"no .NET Interactive here: install Microsoft.dotnet-interactive, or name its command line in {RealKernel.Variable}";
    }
}
