using System.Globalization;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using NotebookRunner.Kernels.Embedded;
using NotebookRunner.Kernels.Embedded.Input;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Tests.Kernels.Embedded;

/// <summary>Cells in the test's own process, which can stop them at any moment. The kernel's parts know one cell that runs in the process: the tests that use this come one after another.</summary>
internal sealed class EmbeddedCells : IDisposable
{
    /// <summary>The collection of those tests.</summary>
    public const string Collection = "cells in the test's own process";

    private readonly MemoryStream _client = new();
    private readonly EventWriter _events;
    private int _lastToken;

    public EmbeddedCells()
    {
        _events = new EventWriter(_client);
        var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        WriteEnd = new(PipeDirection.Out, pipe.ClientSafePipeHandle);
        ReadEnd = new(pipe);
        Stray = new StrayOutput(ReadEnd, WriteEnd);

        // The first to write to a pipe has to be one alone: see there.
        Stray.Drain();
    }

    /// <summary>What the process's standard output would be.</summary>
    public AnonymousPipeClientStream WriteEnd { get; }

    /// <summary>Where it is read.</summary>
    public SlowStream ReadEnd { get; }

    /// <summary>What reads it.</summary>
    public StrayOutput Stray { get; }

    public RunningCell Create(string code) =>
        new(new((++_lastToken).ToString(CultureInfo.InvariantCulture), CommandTypes.SubmitCode, new("csharp", code)), _events, new InputRequests(_events));

    /// <summary>Ends the conversation.</summary>
    /// <returns>How the cells have ended, by their tokens: the message of a failure, or nothing.</returns>
    public ILookup<string, string> ReadEnds()
    {
        _events.Close(TimeSpan.FromSeconds(30));
        return Encoding.UTF8.GetString(_client.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, ProtocolJson.Relaxed.EventEnvelope)!)
            .Where(sent => sent.EventType is EventTypes.CommandSucceeded or EventTypes.CommandFailed)
            .ToLookup(sent => sent.Command!.Token!, sent => sent.Event?.Message ?? "");
    }

    public void Dispose()
    {
        _events.Close(TimeSpan.FromSeconds(30));
        CellOutput.Running = null;
        WriteEnd.Dispose();
        _client.Dispose();
    }
}
