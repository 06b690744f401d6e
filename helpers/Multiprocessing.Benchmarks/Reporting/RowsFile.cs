using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Reporting;

/// <summary>The rows for other programs: a JSON list of <c>{name, ours, theirs, peer, unit, better, ratio}</c>.</summary>
internal static class RowsFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(FileInfo file, IReadOnlyList<Row> rows) => File.WriteAllText(file.FullName, JsonSerializer.Serialize(rows, Options) + "\n");
}
