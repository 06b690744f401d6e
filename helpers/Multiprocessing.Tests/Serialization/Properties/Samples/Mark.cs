namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>A record struct with references.</summary>
internal readonly record struct Mark(string? Name, int Number, object? Link);
