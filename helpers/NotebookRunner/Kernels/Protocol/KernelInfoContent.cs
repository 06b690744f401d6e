namespace NotebookRunner.Kernels.Protocol;

/// <summary>A language that the kernel runs, as its KernelReady event tells.</summary>
internal sealed record KernelInfoContent(string LocalName, string LanguageName, string LanguageVersion, string DisplayName);
