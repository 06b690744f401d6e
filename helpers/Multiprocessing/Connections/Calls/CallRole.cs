namespace Multiprocessing.Connections.Calls;

/// <summary>What comes after a call.</summary>
internal enum CallRole : byte
{
    /// <summary>The worker goes on.</summary>
    Usual,

    /// <summary>The worker goes on if the function returns, and ends if it throws: nothing else may run there then.</summary>
    Initializer,

    /// <summary>The worker ends.</summary>
    Last,
}
