using System.Runtime.CompilerServices;
using NotebookRunner.Tests.Kernels;

namespace NotebookRunner.Tests.Chapter;

/// <summary>A test that needs the kernel extension, in the real .NET Interactive.</summary>
internal sealed class KernelExtensionFactAttribute : FactAttribute
{
    public KernelExtensionFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!RealKernel.IsThere)
            Skip = $"no .NET Interactive here: install Microsoft.dotnet-interactive, or name its command line in {RealKernel.Variable}";
        else if (!HelperFolder.HasExtension)
            Skip = "the kernel extension is not built: dotnet build helpers/Multiprocessing.Interactive -p:DotNetInteractive=true";
    }
}
