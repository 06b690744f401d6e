namespace Multiprocessing.Hosting;

/// <summary>A program that has nothing to do with notebooks.</summary>
internal sealed class NoNotebook : INotebookHost
{
    /// <inheritdoc/>
    public CancellationToken Stop => CancellationToken.None;

    /// <inheritdoc/>
    public bool RunsCells => false;

    /// <inheritdoc/>
    public Type? FormatterSource => null;

    /// <inheritdoc/>
    public void OnWorkerStarting()
    {
    }

    /// <inheritdoc/>
    public void TellOfRebuilt(string fileName) =>
        Console.Error.WriteLine($"{fileName} has changed since it was loaded. Workers run what was loaded, too. Restart the program to use the new one.");
}
