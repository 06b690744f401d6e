using System.Text.Json.Nodes;
using NotebookRunner.Jupyter.Messages;
using NotebookRunner.Kernels;

namespace NotebookRunner.Jupyter;

/// <summary>Tells Jupyter's clients what a cell does, while it runs and after it has ended.</summary>
/// <param name="publish">Sends a message of a type on IOPub, as one that comes of the cell.</param>
/// <param name="number">The number of the cell.</param>
internal sealed class CellPublisher(Action<string, JsonObject> publish, int number)
{
    /// <summary>Why the cell failed; null if it has not.</summary>
    internal ErrorRaised? Error { get; private set; }

    /// <summary>Tells of an event.</summary>
    internal void Publish(KernelEvent kernelEvent)
    {
        switch (kernelEvent)
        {
            case StandardOutputProduced output:
                publish(MessageTypes.Stream, new() { ["name"] = "stdout", ["text"] = output.Text });
                break;
            case StandardErrorProduced error:
                publish(MessageTypes.Stream, new() { ["name"] = "stderr", ["text"] = error.Text });
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
        new(forms.Select(form => KeyValuePair.Create(form.Key, IsJson(form.Key) ? JsonNode.Parse(form.Value) : JsonValue.Create(form.Value))));

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

    private static bool IsJson(string mimeType) => mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);
}
