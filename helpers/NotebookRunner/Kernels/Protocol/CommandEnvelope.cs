namespace NotebookRunner.Kernels.Protocol;

/// <summary>One line to a kernel; within an event, the command that the event belongs to.</summary>
/// <remarks>The token names the command in the events that come of it; commands that it entails have tokens such as <c>7.1</c>.</remarks>
internal sealed record CommandEnvelope(string? Token, string? CommandType, CommandContent? Command)
{
    /// <summary>The command types that we use, as the protocol spells them.</summary>
    public const string SubmitCode = "SubmitCode", Cancel = "Cancel", Quit = "Quit";
}
