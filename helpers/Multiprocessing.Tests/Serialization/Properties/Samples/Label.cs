namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>A record.</summary>
internal record Label(string Name, int Size);
