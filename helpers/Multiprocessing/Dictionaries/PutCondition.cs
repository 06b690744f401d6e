namespace Multiprocessing.Dictionaries;

/// <summary>When an entry is to be put.</summary>
internal enum PutCondition
{
    /// <summary>In any case.</summary>
    Always,

    /// <summary>If the key is not there.</summary>
    IfAbsent,

    /// <summary>If the key's entry is still that of a version.</summary>
    IfUnchanged,
}
