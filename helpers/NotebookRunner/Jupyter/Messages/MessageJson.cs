using System.Text.Json.Serialization;

namespace NotebookRunner.Jupyter.Messages;

/// <summary>The JSON of what clients say. Generated at build, as that of the kernel's own protocol is.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 256)]
[JsonSerializable(typeof(ExecuteRequest))]
[JsonSerializable(typeof(CodeRequest))]
[JsonSerializable(typeof(HistoryRequest))]
[JsonSerializable(typeof(InputReply))]
[JsonSerializable(typeof(CommOpen))]
[JsonSerializable(typeof(ShutdownRequest))]
internal sealed partial class MessageJson : JsonSerializerContext;
