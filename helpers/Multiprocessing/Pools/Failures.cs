namespace Multiprocessing.Pools;

/// <summary>The inputs of a call that have failed.</summary>
internal sealed class Failures
{
    /// <summary>Made with the first one: most calls have none.</summary>
    private SortedDictionary<long, Exception>? _byIndex;

    /// <summary>The first in the order of the inputs; null if there is none.</summary>
    public Exception? First => _byIndex?.First().Value;

    public void Add(long index, Exception error) => (_byIndex ??= []).TryAdd(index, error);

    /// <summary>Throws the first one in the order of the inputs, with the others attached, if there is any.</summary>
    public void ThrowFirst()
    {
        if (_byIndex is null)
        {
            return;
        }

        Exception[] errors = [.. _byIndex.Values];
        Exception[] others = errors[1..];
        switch (errors[0])
        {
            case WorkerFailureException error:
                error.OtherExceptions = others;
                break;
            case NotShippableException error:
                error.OtherExceptions = others;
                break;
        }

        throw errors[0];
    }
}
