namespace Multiprocessing;

/// <summary>A <see cref="ProcessBarrier"/> cannot be passed any more: a process that took part in it was lost, or <see cref="ProcessBarrier.Break"/> was called.</summary>
public sealed class BrokenBarrierException : InvalidOperationException
{
    /// <summary>Initializes the exception with a standard message.</summary>
    public BrokenBarrierException()
        : this("The barrier is broken.")
    {
    }

    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What happened.</param>
    public BrokenBarrierException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes the exception with its cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public BrokenBarrierException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
