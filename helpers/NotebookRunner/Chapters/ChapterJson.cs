using System.Text.Json;
using System.Text.Json.Serialization;

namespace NotebookRunner.Chapters;

/// <summary>The manifest's JSON. A key that is not known is an error: it may be a known one, misspelt.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Disallow,
    AllowDuplicateProperties = false,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ChapterManifest))]
internal sealed partial class ChapterJson : JsonSerializerContext;
