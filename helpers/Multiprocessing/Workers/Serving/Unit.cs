namespace Multiprocessing.Workers.Serving;

/// <summary>What a function returns that returns nothing.</summary>
internal enum Unit : byte
{
    /// <summary>The only one.</summary>
    Value,
}
