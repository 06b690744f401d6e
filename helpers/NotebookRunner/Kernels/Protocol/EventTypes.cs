namespace NotebookRunner.Kernels.Protocol;

/// <summary>The event types that we use, as the protocol spells them.</summary>
internal static class EventTypes
{
    public const string KernelReady = "KernelReady";
    public const string KernelInfoProduced = "KernelInfoProduced";
    public const string DiagnosticsProduced = "DiagnosticsProduced";
    public const string CompletionsProduced = "CompletionsProduced";
    public const string HoverTextProduced = "HoverTextProduced";
    public const string SignatureHelpProduced = "SignatureHelpProduced";
    public const string InputProduced = "InputProduced";
    public const string WorkersProduced = "WorkersProduced";
    public const string ValueProduced = "ValueProduced";
    public const string ValueInfosProduced = "ValueInfosProduced";
    public const string StandardOutputValueProduced = "StandardOutputValueProduced";
    public const string StandardErrorValueProduced = "StandardErrorValueProduced";
    public const string DisplayedValueProduced = "DisplayedValueProduced";
    public const string DisplayedValueUpdated = "DisplayedValueUpdated";
    public const string ReturnValueProduced = "ReturnValueProduced";
    public const string ErrorProduced = "ErrorProduced";
    public const string CommandFailed = "CommandFailed";
    public const string CommandSucceeded = "CommandSucceeded";
}
