using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>What the kernel tells of itself: C#, and the whole that the protocol wants around a language.</summary>
internal static class KernelInfos
{
    private const string CSharpName = "csharp", WholeName = ".NET";

    private static readonly string WholeUri = $"kernel://pid-{Environment.ProcessId}";
    private static readonly string[] CSharpAliases = ["c#", "C#"];

    /// <summary>C#, with the commands that it carries out: what is not listed a client does not offer to its user.</summary>
    public static KernelInfoContent CSharp { get; } = new(
        CSharpName,
        WholeUri + "/" + CSharpName,
        "csharp - C# Script",
        CSharpAliases,
        [
            new(CommandTypes.RequestKernelInfo),
            new(CommandTypes.RequestCompletions),
            new(CommandTypes.RequestDiagnostics),
            new(CommandTypes.RequestHoverText),
            new(CommandTypes.RequestSignatureHelp),
            new(CommandTypes.RequestValue),
            new(CommandTypes.RequestValueInfos),
            new(CommandTypes.RequestWorkers),
            new(CommandTypes.KillWorker),
            new(CommandTypes.SubmitCode),
        ],
        LanguageName: "C#",
        LanguageVersion: "14.0",
        Description: "Compile and run C# Script");

    /// <summary>The whole.</summary>
    public static KernelInfoContent Whole { get; } = new(
        WholeName, WholeUri, WholeName, [], [new(CommandTypes.RequestKernelInfo), new(CommandTypes.Quit)], IsComposite: true);

    /// <summary>The kernels that an event of C# comes through.</summary>
    public static IReadOnlyList<string> CSharpRoute { get; } = [CSharp.Uri, WholeUri + "/"];

    /// <summary>The kernels that an event of the whole comes through.</summary>
    public static IReadOnlyList<string> WholeRoute { get; } = [WholeUri + "/"];

    /// <summary>Whether a command is for the whole, whose default language is C#.</summary>
    public static bool IsForWhole(CommandContent? command) =>
        command is null || (command.TargetKernelName is null or WholeName && command.DestinationUri?.TrimEnd('/') != CSharp.Uri);

    /// <summary>Whether a command is for us at all, rather than for a language that we do not run.</summary>
    public static bool IsForUs(CommandContent? command) =>
        command?.TargetKernelName is null or WholeName or CSharpName || CSharpAliases.Contains(command.TargetKernelName);
}
