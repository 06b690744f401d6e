namespace Multiprocessing;

/// <summary>
/// Something went wrong in a worker process: a function threw (<see cref="WorkerException"/>), or the process ended before its function did (<see cref="WorkerDiedException"/>).
/// </summary>
/// <remarks>
/// A pool's call may fail for several inputs. It throws one exception then, for the first of them in the order of the inputs, so that <c>catch</c> and <c>InnerException</c> say what happened as in a loop. The others are
/// attached (<see cref="OtherExceptions"/>), and <see cref="Failures"/> are all together, as <see cref="AggregateException.InnerExceptions"/> would be: <c>new AggregateException(e.Failures).Handle(…)</c> deals with each.
/// Among them may be a <see cref="NotShippableException"/>, for an input that could not be sent.
/// </remarks>
public abstract class WorkerFailureException : Exception
{
    private protected WorkerFailureException(string message)
        : base(message)
    {
    }

    private protected WorkerFailureException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Which input of a pool's call it was, from 0; null if the call has no inputs.</summary>
    public int? InputIndex { get; private protected init; }

    /// <summary>The exceptions for other inputs of the same call, in the order of the inputs; empty if there are none.</summary>
    public IReadOnlyList<Exception> OtherExceptions { get; internal set; } = [];

    /// <summary>The exceptions for all inputs of the call that have failed, in the order of the inputs: this one, which is the first, and the others.</summary>
    public IReadOnlyList<Exception> Failures => [this, .. OtherExceptions];

    /// <summary>The name of the worker.</summary>
    public string WorkerName { get; private protected init; } = "";

    /// <summary>The operating system's number of the worker process.</summary>
    public int ProcessId { get; private protected init; }
}
