namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>A value with gaps between its fields.</summary>
internal readonly record struct Pixel(byte Level, long Place, short Colour);
