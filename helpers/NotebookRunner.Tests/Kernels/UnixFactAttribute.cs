namespace NotebookRunner.Tests.Kernels;

/// <summary>A test that needs what Windows does not have.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "needs a Unix";
    }
}
