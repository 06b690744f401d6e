using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NotebookRunner.Kernels.Protocol;

/// <summary>The protocol's JSON. Generated at build: reflection would cost a kernel a tenth of a second at its start.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 256)]
[JsonSerializable(typeof(CommandEnvelope))]
[JsonSerializable(typeof(EventEnvelope))]
internal sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>Writes HTML as it is, where the default would escape each of its brackets.</summary>
    public static ProtocolJson Relaxed =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
