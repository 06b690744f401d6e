namespace Multiprocessing.Serialization;

/// <summary>An object of ours that belongs to the process that made it.</summary>
internal interface IUnsendable
{
    /// <summary>What to do instead of sending it.</summary>
    string Advice { get; }
}
