using NotebookRunner.Handouts.Scripts;

namespace NotebookRunner.Handouts;

/// <summary>How handouts differ from the notebooks.</summary>
internal sealed record HandoutOptions
{
    /// <summary>Handouts as the notebooks are.</summary>
    internal static HandoutOptions Default { get; } = new();

    /// <summary>Whether to leave out the outputs, with room for notes in their place.</summary>
    internal bool Blank { get; init; }

    /// <summary>Whether to unfold what is folded in the text: the solutions.</summary>
    internal bool Solutions { get; init; }

    /// <summary>Another title for the whole; null for its own.</summary>
    internal string? Title { get; init; }

    /// <summary>Scripts to put into the pages whose outputs ask for them.</summary>
    internal IReadOnlyList<ScriptFile> Scripts { get; init; } = [];
}
