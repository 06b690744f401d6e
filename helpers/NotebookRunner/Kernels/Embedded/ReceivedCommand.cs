using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>A command that has come in, and the way back to its sender. What comes of it names it, with the routes that both have taken: a client finds by them whose event it is.</summary>
internal sealed class ReceivedCommand
{
    private readonly EventWriter _events;
    private readonly IReadOnlyList<string> _route;
    private readonly CommandEnvelope _envelope;

    /// <summary>Takes in a command.</summary>
    /// <param name="envelope">The command as it came.</param>
    /// <param name="events">The way back.</param>
    /// <param name="isForWhole">Whether the whole deals with it, not C#.</param>
    public ReceivedCommand(CommandEnvelope envelope, EventWriter events, bool isForWhole = false)
    {
        _events = events;
        _route = isForWhole ? KernelInfos.WholeRoute : KernelInfos.CSharpRoute;
        // Without what it says: its sender knows that, and a cell's code would come back with each line that the cell writes.
        var content = new CommandContent(
            isForWhole ? KernelInfos.Whole.LocalName : KernelInfos.CSharp.LocalName,
            OriginUri: envelope.Command?.OriginUri,
            DestinationUri: envelope.Command?.DestinationUri);
        _envelope = envelope with
        {
            Token = envelope.Token ?? "",
            Command = content,
            RoutingSlip = [.. envelope.RoutingSlip ?? [], .. _route.Reverse().Select(uri => uri + "?tag=arrived")],
        };
    }

    /// <summary>Sends an event that comes of it.</summary>
    public void Post(string eventType, EventContent content) => _events.Post(new(content, eventType, _envelope, _route));

    /// <summary>Sends another form of a value that it has shown.</summary>
    public void PostUpdate(EventContent content) => _events.PostUpdate(new(content, EventTypes.DisplayedValueUpdated, _envelope, _route));

    /// <summary>Sends text that comes of it.</summary>
    public void PostText(string eventType, string text) => _events.PostText(new(null, eventType, _envelope, _route), text);

    /// <summary>Says that it has been carried out.</summary>
    /// <param name="errorMark">What marks, on stderr, where it has ended; see <see cref="ErrorMarks"/>.</param>
    public void Succeed(string? errorMark = null) => _events.Post(
        new(new(StandardErrorMark: errorMark), EventTypes.CommandSucceeded, _envelope with { RoutingSlip = [.. _envelope.RoutingSlip!, .. _route] }, _route));

    /// <summary>Says that it has not been carried out, and why.</summary>
    /// <inheritdoc cref="Succeed"/>
    public void Fail(string message, string? errorMark = null) => Post(EventTypes.CommandFailed, new(Message: message, StandardErrorMark: errorMark));
}
