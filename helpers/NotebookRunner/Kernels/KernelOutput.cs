using System.Buffers;
using System.Text.Json;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels;

/// <summary>Reads a kernel's stdout: events, one a line, among whatever else writes there, which is passed on as it comes, character for character.</summary>
internal sealed class KernelOutput(Stream stdout)
{
    // What each of the kernel's lines begins with; before it there may have been written half a line by somebody else.
    private const string EventStart = "{\"event\":", CommandStart = "{\"token\":";

    private static readonly string[] Starts = [EventStart, CommandStart];

    // What a kernel that is busy writes at once, so that each read brings as much as there is.
    private const int BufferSize = 1 << 16;

    // Whether what has been read of a line begins as a message does: the rest of it, which may be long, then tells.
    private bool _mayBeMessage;

    // What has been read of a line, and is neither an event yet nor certain to be none.
    private readonly ArrayBufferWriter<char> _line = new();

    /// <summary>Reads to the end.</summary>
    /// <param name="onEvent">Called for each event.</param>
    /// <param name="onCommand">Called for each command, which a kernel sends only to a client that has said that it carries some out.</param>
    /// <param name="onStray">Called for text that is no event. A line may come in pieces: who prints a progress bar ends none.</param>
    public async Task ReadAsync(Action<EventEnvelope> onEvent, Action<CommandEnvelope> onCommand, Action<string> onStray)
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
                EndLine(onEvent, onCommand, onStray);
            }

            _line.Write(rest.Span);
            PassOn(onStray);
        }

        EndLine(onEvent, onCommand, onStray);
    }

    private void EndLine(Action<EventEnvelope> onEvent, Action<CommandEnvelope> onCommand, Action<string> onStray)
    {
        string line = _line.WrittenSpan.ToString();
        _line.ResetWrittenCount();
        _mayBeMessage = false;
        Action? receive = null;
        int start = FindStart(line, 0);
        // Somebody else's half line may look like the start of an event.
        while (start >= 0 && (receive = Parse(line.AsSpan(start), onEvent, onCommand)) is null)
            start = FindStart(line, start + 1);
        string stray = receive is null ? line : line[..start];
        if (stray.Length > 0)
            onStray(stray);
        receive?.Invoke();
    }

    /// <summary>Passes on what has been read of a line, up to where an event may begin.</summary>
    private void PassOn(Action<string> onStray)
    {
        if (_mayBeMessage)
            return;
        string line = _line.WrittenSpan.ToString();
        int start = FindStart(line, 0);
        _mayBeMessage = start == 0;
        for (int held = Math.Min(Starts.Max(text => text.Length) - 1, line.Length); start < 0; held--)
        {
            if (Array.Exists(Starts, text => held < text.Length && line.AsSpan().EndsWith(text.AsSpan(0, held))))
                start = line.Length - held;
        }

        if (start == 0)
            return;
        _line.ResetWrittenCount();
        _line.Write(line.AsSpan(start));
        onStray(line[..start]);
    }

    private static int FindStart(string line, int from)
    {
        int[] found = [.. Starts.Select(text => line.IndexOf(text, from, StringComparison.Ordinal)).Where(start => start >= 0)];
        return found.Length > 0 ? found.Min() : -1;
    }

    /// <returns>What hands it on; null if it is nothing of the kernel's.</returns>
    private static Action? Parse(ReadOnlySpan<char> line, Action<EventEnvelope> onEvent, Action<CommandEnvelope> onCommand)
    {
        try
        {
            if (line.StartsWith(EventStart))
                return JsonSerializer.Deserialize(line, ProtocolJson.Relaxed.EventEnvelope) is { Event: not null, EventType: not null } envelope ? () => onEvent(envelope) : null;
            return JsonSerializer.Deserialize(line, ProtocolJson.Relaxed.CommandEnvelope) is { Command: not null, CommandType: not null } command ? () => onCommand(command) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
