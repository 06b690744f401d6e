using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Language.Signatures;

/// <summary>What may be given to the call that is being written.</summary>
internal static class SignatureHelp
{
    /// <summary>Finds the call around a place, and what it may mean.</summary>
    /// <returns>Null if there is none.</returns>
    public static EventContent? At(CellDraft draft, int offset)
    {
        if (CallSite.At(draft, offset) is not { } site)
            return null;
        var targets = CallTargets.Of(site.Call, draft.Model);
        if (targets.Count == 0)
            return null;
        var choice = new SignatureChoice(site, draft.Model);
        int best = choice.Best(targets);
        return new(
            Signatures: [.. targets.Select(target => SignatureText.Describe(target, draft, offset))],
            ActiveSignatureIndex: best,
            ActiveParameterIndex: choice.ActiveParameter(targets[best]));
    }
}
