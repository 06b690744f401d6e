namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>What a cell has declared with <c>using</c> at its top: it is disposed of when the cell ends, the last one first.</summary>
/// <param name="names">The variables.</param>
/// <param name="variables">What the cell has declared, once it runs.</param>
internal sealed class CellResources(IReadOnlyList<string> names, Func<IEnumerable<CellVariable>> variables)
{
    /// <summary>Disposes of them.</summary>
    /// <returns>The first exception that one of them threw; null if none did.</returns>
    public Exception? Release()
    {
        Exception? first = null;
        foreach (string name in names.Reverse())
        {
            try
            {
                Dispose(variables().FirstOrDefault(variable => variable.Name == name)?.Value, name);
            }
#pragma warning disable CA1031 // It is the cell's own.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                first ??= exception;
            }
        }

        return first;
    }

    private static void Dispose(object? resource, string name)
    {
        switch (resource)
        {
            case null:
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
            case IAsyncDisposable disposable:
                disposable.DisposeAsync().AsTask().GetAwaiter().GetResult();
                break;
            default:
                throw new CellFailedException($"'{name}' is declared with using, but {resource.GetType()} has nothing to dispose of: it is no IDisposable.");
        }
    }
}
