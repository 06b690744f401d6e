using System.Runtime.Versioning;
using Multiprocessing.Connections.Output;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary>Text that comes through a named pipe.</summary>
[SupportedOSPlatform("windows")]
internal sealed class PipeText(OverlappedPipe pipe, TextReceiver receiver) : ArrivingText(receiver)
{
    /// <summary>Where it comes from; null after the end.</summary>
    public OverlappedPipe? Open => HasEnded ? null : pipe;

    /// <inheritdoc/>
    protected override bool TryPeek(out int count) => pipe.TryPeek(out count);

    /// <inheritdoc/>
    protected override int Read(Span<byte> bytes) => pipe.Read(bytes);
}
