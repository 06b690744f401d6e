using Multiprocessing.Memory;

namespace Multiprocessing.Serialization;

/// <summary>An object that is the same in every process: it goes to another one by the name of its segment.</summary>
internal interface ISharedObject
{
    /// <summary>Where its contents are; null after Dispose.</summary>
    Segment? Segment { get; }

    /// <summary>What wants to know which processes have it; null for most.</summary>
    ITracksUsers? Tracker => null;

    /// <summary>Makes a new, empty object one of these. Called once, instead of a constructor.</summary>
    /// <param name="segment">Where its contents are; this object is one of its users already.</param>
    /// <param name="context">The process's.</param>
    void Attach(Segment segment, SerializationContext context);
}
