using System.Text.Json;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>A command to the client that waits to be sent.</summary>
internal sealed record PendingCommand(CommandEnvelope Envelope) : PendingLine
{
    /// <inheritdoc/>
    public override byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(Envelope, ProtocolJson.Relaxed.CommandEnvelope);
}
