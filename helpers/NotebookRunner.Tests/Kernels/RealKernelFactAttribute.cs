namespace NotebookRunner.Tests.Kernels;

/// <summary>A test that needs the real .NET Interactive.</summary>
internal sealed class RealKernelFactAttribute : FactAttribute
{
    public RealKernelFactAttribute()
    {
        if (!RealKernel.IsThere)
            Skip = $"no .NET Interactive here: install Microsoft.dotnet-interactive, or name its command line in {RealKernel.Variable}";
    }
}
