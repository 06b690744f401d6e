using System.Text.Json.Nodes;

namespace NotebookRunner.Tests.Kernels;

/// <summary>What tests ask of the lines that a kernel writes.</summary>
internal static class ProtocolEventExtensions
{
    public static string Type(this JsonNode line) => (string)line["eventType"]!;

    public static IReadOnlyList<string> Types(this IEnumerable<JsonNode> lines) => [.. lines.Select(Type)];

    /// <summary>What the one event of that type says.</summary>
    public static JsonNode Content(this IEnumerable<JsonNode> lines, string eventType) =>
        Assert.Single(lines, line => line.Type() == eventType)["event"]!;

    public static IReadOnlyList<string> Strings(this JsonNode? list) => [.. list!.AsArray().Select(item => (string)item!)];
}
