namespace Multiprocessing.Tests.Pools;

/// <summary>What a <see cref="Key"/> does when it is hashed.</summary>
internal enum KeyDeed
{
    /// <summary>Throws in the process that is its home.</summary>
    Throw,

    /// <summary>Throws in any other process.</summary>
    ThrowElsewhere,

    /// <summary>Ends any other process.</summary>
    ExitElsewhere,

    /// <summary>Gives a hash code.</summary>
    None,
}
