using System.Text.Json;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels;

/// <summary>Reads a kernel's stdout: events, one a line, among whatever else writes there.</summary>
internal sealed class KernelOutput(Stream stdout)
{
    // What each of the kernel's lines begins with; after it there may have been written half a line by somebody else.
    private const string EventStart = "{\"event\":";

    /// <summary>Reads to the end.</summary>
    /// <param name="onEvent">Called for each event.</param>
    /// <param name="onStray">Called for text that is no event.</param>
    public async Task ReadAsync(Action<EventEnvelope> onEvent, Action<string> onStray)
    {
        using var reader = new StreamReader(stdout);
        while (await reader.ReadLineAsync() is { } line)
        {
            int start = line.IndexOf(EventStart, StringComparison.Ordinal);
            if (start >= 0 && TryParse(line.AsSpan(start)) is { } envelope)
            {
                if (start > 0)
                    onStray(line[..start]);
                onEvent(envelope);
            }
            else
            {
                onStray(line + "\n");
            }
        }
    }

    private static EventEnvelope? TryParse(ReadOnlySpan<char> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ProtocolJson.Relaxed.EventEnvelope) is { Event: not null, EventType: not null } envelope
                ? envelope
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
