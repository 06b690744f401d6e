using System.Text.Json.Nodes;

namespace NotebookRunner.Jupyter;

/// <summary>What replies have in common.</summary>
internal static class Reply
{
    /// <summary>All is well.</summary>
    /// <param name="content">What else there is to say.</param>
    internal static JsonObject Ok(JsonObject? content = null) => With("ok", content);

    /// <summary>The request could not be understood.</summary>
    internal static JsonObject Error(Exception exception) =>
        With("error", new() { ["ename"] = exception.GetType().FullName, ["evalue"] = exception.Message, ["traceback"] = new JsonArray() });

    /// <summary>A reply of a status.</summary>
    internal static JsonObject With(string status, JsonObject? content)
    {
        content ??= [];
        content["status"] = status;
        return content;
    }
}
