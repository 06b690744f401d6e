namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>A record that is derived from another.</summary>
internal sealed record LongLabel(string Name, int Size, object? More) : Label(Name, Size);
