namespace NotebookRunner.Tests.Programs;

/// <summary>The notebooks that lie beside the tests.</summary>
internal static class Samples
{
    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Samples");

    /// <summary>A notebook in Jupyter's layout with cells and outputs of each kind.</summary>
    internal static string EveryKind { get; } = Path.Combine(Folder, "every-kind.ipynb");
}
