namespace Multiprocessing.Hosting;

/// <summary>The one place in which the rest of the library finds the notebook.</summary>
internal static class NotebookHost
{
    /// <summary>The notebook; <see cref="NoNotebook"/> unless it has been set, which is done before any other code of this assembly runs.</summary>
    public static INotebookHost Current { get; set; } = new NoNotebook();

    /// <inheritdoc cref="INotebookHost.Stop"/>
    public static CancellationToken Stop => Current.Stop;
}
