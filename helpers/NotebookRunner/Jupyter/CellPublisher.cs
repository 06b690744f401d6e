using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookRunner.Jupyter.Messages;
using NotebookRunner.Jupyter.Wire;
using NotebookRunner.Kernels;

namespace NotebookRunner.Jupyter;

/// <summary>Tells Jupyter's clients what a cell does, while it runs and after it has ended.</summary>
/// <param name="publish">Sends a message of a type on IOPub, as one that comes of the cell.</param>
/// <param name="number">The number of the cell.</param>
internal sealed class CellPublisher(Action<string, JsonObject> publish, int number)
{
    // Text comes in pieces, and the end of one may be in the middle of a character.
    private readonly Dictionary<string, string> _halves = new(StringComparer.Ordinal);

    /// <summary>Why the cell failed; null if it has not.</summary>
    internal ErrorRaised? Error { get; private set; }

    /// <summary>Tells of an event.</summary>
    internal void Publish(KernelEvent kernelEvent)
    {
        switch (kernelEvent)
        {
            case StandardOutputProduced output:
                PublishText("stdout", output.Text);
                break;
            case StandardErrorProduced error:
                PublishText("stderr", error.Text);
                break;
            case ValueDisplayed displayed:
                publish(MessageTypes.DisplayData, Display(displayed.ValueId, displayed.MimeBundle));
                break;
            case DisplayedValueChanged changed:
                publish(MessageTypes.UpdateDisplayData, Display(changed.ValueId, changed.MimeBundle));
                break;
            case ValueReturned returned:
                publish(MessageTypes.ExecuteResult, new() { ["execution_count"] = number, ["data"] = Bundle(returned.MimeBundle), ["metadata"] = new JsonObject() });
                break;
            case ErrorRaised error:
                Error = error;
                publish(MessageTypes.Error, Describe(error));
                break;
        }
    }

    /// <summary>A value in each of its forms.</summary>
    internal static JsonObject Bundle(IReadOnlyDictionary<string, string> forms) =>
        new(forms.Select(form => KeyValuePair.Create(form.Key, IsJson(form.Key) ? ReadJson(form.Value) : JsonValue.Create(form.Value))));

    /// <summary>An error, as readers see it: clients show the trace alone, so that the message is its first line.</summary>
    internal static JsonObject Describe(ErrorRaised error)
    {
        string name = error.ExceptionType ?? "Error";
        JsonArray trace = [error.ExceptionType is null ? error.Message : $"{name}: {error.Message}"];
        foreach (string line in (error.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            trace.Add(line.TrimEnd('\r'));
        return new() { ["ename"] = name, ["evalue"] = error.Message, ["traceback"] = trace };
    }

    private static JsonObject Display(string? id, IReadOnlyDictionary<string, string> forms)
    {
        JsonObject content = new() { ["data"] = Bundle(forms), ["metadata"] = new JsonObject() };
        if (id is not null)
            content["transient"] = new JsonObject { ["display_id"] = id };
        return content;
    }

    private void PublishText(string name, string text)
    {
        text = _halves.GetValueOrDefault(name) + text;
        int length = text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
        _halves[name] = text[length..];
        if (length > 0)
            publish(MessageTypes.Stream, new() { ["name"] = name, ["text"] = text[..length] });
    }

    // What a cell calls JSON need not be any.
    private static JsonNode? ReadJson(string text)
    {
        try
        {
            var json = JsonNode.Parse(text, documentOptions: new() { MaxDepth = MessageFrames.MaxDepth / 2 });
            // What has been read cannot always be written: half a character as an escape, for one.
            _ = json?.ToJsonString(MessageFrames.Relaxed);
            return json;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return JsonValue.Create(text);
        }
    }

    private static bool IsJson(string mimeType) => mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);
}
