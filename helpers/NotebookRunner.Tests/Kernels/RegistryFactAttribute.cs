namespace NotebookRunner.Tests.Kernels;

/// <summary>A test that restores Newtonsoft.Json 13.0.1, from the machine's package cache or from a registry.</summary>
internal sealed class RegistryFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> Restored = new(() =>
    {
        var packages = new Dictionary<string, string> { ["Newtonsoft.Json"] = "13.0.1" };
        try
        {
            NotebookRunner.Kernels.Embedded.Packages.PackageRestore.Run(packages, [], CancellationToken.None);
            return true;
        }
        catch (NotebookRunner.Kernels.Embedded.CellFailedException)
        {
            return false;
        }
    });

    public static bool CanRestore => Restored.Value;

    public RegistryFactAttribute()
    {
        if (!CanRestore)
            Skip = "Newtonsoft.Json 13.0.1 cannot be restored here: no package registry within reach";
    }
}
