namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>A struct that can be changed, with values that may be missing.</summary>
internal struct Reading
{
    public int? Value;
    public DateTime? At;
    public object? Note;
    public Mark? Mark;
}
