using System.Text.Json.Serialization;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Jupyter.Messages;

/// <summary>A cell to run.</summary>
/// <param name="Code">Its source.</param>
/// <param name="Silent">Whether nobody is to hear of it: no output, no number, no history.</param>
/// <param name="StoreHistory">Whether it gets a number and goes into the history; never so when silent.</param>
/// <param name="UserExpressions">What to evaluate when it has succeeded, by names of the client's choice.</param>
/// <param name="AllowStdin">Whether the client can ask its reader.</param>
/// <param name="StopOnError">Whether, if it fails, the cells that wait behind it are not run.</param>
internal sealed record ExecuteRequest(
    [property: JsonConverter(typeof(AnyTextConverter))] string? Code,
    bool Silent = false,
    bool StoreHistory = true,
    Dictionary<string, string>? UserExpressions = null,
    bool AllowStdin = false,
    bool StopOnError = true);
