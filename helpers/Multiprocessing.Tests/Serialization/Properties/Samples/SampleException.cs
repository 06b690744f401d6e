namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>An exception that holds more than a message.</summary>
#pragma warning disable CA1032 // It is made here only.
internal sealed class SampleException : Exception
#pragma warning restore CA1032
{
    public SampleException(string message, object? more)
        : base(message) => More = more;

    public SampleException(string message, Exception inner, object? more)
        : base(message, inner) => More = more;

    public object? More { get; }
}
