namespace NotebookRunner.Kernels.Protocol;

/// <summary>What a kernel tells of itself: of a language that it runs, or of the whole that these form.</summary>
internal sealed record KernelInfoContent(
    string LocalName,
    string Uri,
    string DisplayName,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<SupportedCommand> SupportedKernelCommands,
    bool IsComposite = false,
    bool IsProxy = false,
    string? LanguageName = null,
    string? LanguageVersion = null,
    string? Description = null);
