using System.Text.Json.Serialization;

namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>One line of the comparison.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ours">Our figure, a median; null if it could not be measured.</param>
/// <param name="Theirs">The peer's figure, a median; null if it was not or could not be measured.</param>
/// <param name="Peer">Whose figure that is, or would be; null if nobody has one.</param>
/// <param name="Unit">The unit of both.</param>
/// <param name="Better">Which figure is the better one.</param>
internal sealed record Row(string Name, double? Ours, double? Theirs, string? Peer, string Unit, Better Better)
{
    /// <summary>How many times as good ours is: above 1 is better than the peer. Null without both figures, or where a figure is below the ideal and so no time at all.</summary>
    public double? Ratio => Ours is > 0 and { } ours && Theirs is > 0 and { } theirs ? (Better == Better.Lower ? theirs / ours : ours / theirs) : null;

    /// <summary>The figure that ours must reach, if any.</summary>
    [JsonIgnore]
    public double? Limit { get; init; }

    /// <summary>Why a figure is missing.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether a side failed that should not.</summary>
    [JsonIgnore]
    public bool Failed { get; init; }

    /// <summary>Whether ours reaches the limit; null if there is none, or no figure.</summary>
    [JsonIgnore]
    public bool? MeetsLimit => Ours is { } ours && Limit is { } limit ? (Better == Better.Lower ? ours <= limit : ours >= limit) : null;
}
