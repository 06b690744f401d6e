using System.Buffers;
using System.Text.Json;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels;

/// <summary>Reads a kernel's stdout: events, one a line, among whatever else writes there, which is passed on as it comes, character for character.</summary>
internal sealed class KernelOutput(Stream stdout)
{
    // What each of the kernel's lines begins with; before it there may have been written half a line by somebody else.
    private const string EventStart = "{\"event\":";

    // What a kernel that is busy writes at once, so that each read brings as much as there is.
    private const int BufferSize = 1 << 16;

    // What has been read of a line, and is neither an event yet nor certain to be none.
    private readonly ArrayBufferWriter<char> _line = new();

    /// <summary>Reads to the end.</summary>
    /// <param name="onEvent">Called for each event.</param>
    /// <param name="onStray">Called for text that is no event. A line may come in pieces: who prints a progress bar ends none.</param>
    public async Task ReadAsync(Action<EventEnvelope> onEvent, Action<string> onStray)
    {
        using var reader = new StreamReader(stdout, bufferSize: BufferSize);
        char[] buffer = new char[BufferSize];
        while (await reader.ReadAsync(buffer) is var read and > 0)
        {
            var rest = buffer.AsMemory(0, read);
            // Events end with a line feed only: a carriage return is somebody else's, who begins the line anew.
            for (int end; (end = rest.Span.IndexOf('\n')) >= 0; rest = rest[(end + 1)..])
            {
                _line.Write(rest.Span[..(end + 1)]);
                EndLine(onEvent, onStray);
            }

            _line.Write(rest.Span);
            PassOn(onStray);
        }

        EndLine(onEvent, onStray);
    }

    private void EndLine(Action<EventEnvelope> onEvent, Action<string> onStray)
    {
        string line = _line.WrittenSpan.ToString();
        _line.ResetWrittenCount();
        EventEnvelope? envelope = null;
        int start = line.IndexOf(EventStart, StringComparison.Ordinal);
        // Somebody else's half line may look like the start of an event.
        while (start >= 0 && (envelope = TryParse(line.AsSpan(start))) is null)
            start = line.IndexOf(EventStart, start + 1, StringComparison.Ordinal);
        string stray = envelope is null ? line : line[..start];
        if (stray.Length > 0)
            onStray(stray);
        if (envelope is not null)
            onEvent(envelope);
    }

    /// <summary>Passes on what has been read of a line, up to where an event may begin.</summary>
    private void PassOn(Action<string> onStray)
    {
        var line = _line.WrittenSpan;
        int start = line.IndexOf(EventStart);
        for (int held = Math.Min(EventStart.Length - 1, line.Length); start < 0; held--)
        {
            if (line.EndsWith(EventStart.AsSpan(0, held)))
                start = line.Length - held;
        }

        if (start == 0)
            return;
        string stray = line[..start].ToString();
        string rest = line[start..].ToString();
        _line.ResetWrittenCount();
        _line.Write(rest);
        onStray(stray);
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
