namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>Compares the ends of texts, and can be part of a cycle.</summary>
internal sealed class LastLetters : IEqualityComparer<string>
{
    public int Count { get; init; }

    public object? Link { get; init; }

    /// <summary>The same as a comparer that is made of functions.</summary>
    public static EqualityComparer<string> Function(int count, object? link) =>
        EqualityComparer<string>.Create(
            (x, y) => End(x, count) == End(y, count),
            x =>
            {
                GC.KeepAlive(link);
                return End(x, count).Length;
            });

    public bool Equals(string? x, string? y) => End(x, Count) == End(y, Count);

    public int GetHashCode(string text) => End(text, Count).GetHashCode(StringComparison.Ordinal);

    private static string End(string? text, int count) => text is null || text.Length <= count ? text ?? "" : text[^count..];
}
