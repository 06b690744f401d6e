namespace NotebookRunner.Jupyter.Messages;

/// <summary>The message types that we use, as the protocol spells them.</summary>
internal static class MessageTypes
{
    public const string KernelInfoRequest = "kernel_info_request";
    public const string ExecuteRequest = "execute_request";
    public const string ExecuteReply = "execute_reply";
    public const string CompleteRequest = "complete_request";
    public const string InspectRequest = "inspect_request";
    public const string IsCompleteRequest = "is_complete_request";
    public const string HistoryRequest = "history_request";
    public const string CommInfoRequest = "comm_info_request";
    public const string CommOpen = "comm_open";
    public const string CommClose = "comm_close";
    public const string CommMessage = "comm_msg";
    public const string ConnectRequest = "connect_request";
    public const string InterruptRequest = "interrupt_request";
    public const string ShutdownRequest = "shutdown_request";
    public const string ShutdownReply = "shutdown_reply";
    public const string InputRequest = "input_request";
    public const string InputReply = "input_reply";
    public const string Status = "status";
    public const string Stream = "stream";
    public const string Error = "error";
    public const string ExecuteInput = "execute_input";
    public const string ExecuteResult = "execute_result";
    public const string DisplayData = "display_data";
    public const string UpdateDisplayData = "update_display_data";
    public const string Welcome = "iopub_welcome";

    private const string RequestEnd = "_request";

    /// <summary>Whether there is an answer to messages of a type.</summary>
    public static bool IsRequest(string type) => type.EndsWith(RequestEnd, StringComparison.Ordinal);

    /// <summary>The type of the answer to a request.</summary>
    public static string ReplyTo(string request) => request[..^RequestEnd.Length] + "_reply";
}
