namespace NotebookRunner.Kernels.Protocol;

/// <summary>The command types that we use, as the protocol spells them.</summary>
internal static class CommandTypes
{
    public const string SubmitCode = "SubmitCode";
    public const string Cancel = "Cancel";
    public const string Quit = "Quit";
    public const string RequestKernelInfo = "RequestKernelInfo";
    public const string RequestDiagnostics = "RequestDiagnostics";
    public const string RequestCompletions = "RequestCompletions";
    public const string RequestHoverText = "RequestHoverText";
    public const string RequestSignatureHelp = "RequestSignatureHelp";
    public const string RequestInput = "RequestInput";
    public const string RequestValue = "RequestValue";
    public const string RequestWorkers = "RequestWorkers";
    public const string KillWorker = "KillWorker";
    public const string RequestValueInfos = "RequestValueInfos";
}
