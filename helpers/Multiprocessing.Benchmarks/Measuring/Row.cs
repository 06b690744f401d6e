using System.Text.Json.Serialization;

namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>One line of the comparison.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ours">Our figure, a median.</param>
/// <param name="Python">Python's figure, a median; null if Python was not measured.</param>
/// <param name="Unit">The unit of both.</param>
/// <param name="Better">Which figure is the better one: <c>lower</c> or <c>higher</c>.</param>
internal sealed record Row(string Name, double Ours, double? Python, string Unit, string Better)
{
    /// <summary>How many times as good ours is: above 1 is better than Python.</summary>
    [JsonPropertyName("ratio")]
    public double? Ratio => Python is not { } python ? null : Better == "lower" ? python / Ours : Ours / python;
}
