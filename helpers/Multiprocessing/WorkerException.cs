using System.Globalization;
using Multiprocessing.Connections;
using Multiprocessing.Serialization;

namespace Multiprocessing;

/// <summary>
/// A function threw an exception in its worker process. <see cref="Exception.InnerException"/> is that exception, with the worker's stack trace; if it
/// cannot be sent between processes, a stand-in with the same text.
/// </summary>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class WorkerException : WorkerFailureException
{
    /// <summary>Initializes the exception with a standard message.</summary>
    public WorkerException()
        : this("A function threw an exception in its worker process.")
    {
    }

    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What happened.</param>
    public WorkerException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes the exception with the one of the worker.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The exception of the worker.</param>
    public WorkerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal WorkerException(WorkerFault fault, string workerName, int processId, SerializationContext context, string note = "")
        : base($"{fault.TypeName} in worker '{workerName}' (process {processId}): {fault.Message}{note}", RemoteException.Rebuild(fault, context))
    {
        OriginalType = fault.TypeName;
        OriginalMessage = fault.Message;
        WorkerStackTrace = fault.StackTrace;
        WorkerName = workerName;
        ProcessId = processId;
    }

    internal WorkerException(WorkerFault fault, string workerName, int processId, SerializationContext context, int index, string input)
        : base($"{fault.TypeName} in worker '{workerName}' (process {processId}) for {input}: {fault.Message}", RemoteException.Rebuild(fault, context))
    {
        OriginalType = fault.TypeName;
        OriginalMessage = fault.Message;
        WorkerStackTrace = fault.StackTrace;
        WorkerName = workerName;
        ProcessId = processId;
        InputIndex = index;
    }

    internal WorkerException(Exception rebuilding, string workerName, int processId, int index)
        : base(string.Create(CultureInfo.InvariantCulture, $"The result of worker '{workerName}' for input {index} could not be rebuilt here: {rebuilding.Message}"), rebuilding)
    {
        WorkerName = workerName;
        ProcessId = processId;
        InputIndex = index;
    }

    internal WorkerException(WorkerException original, string message)
        : base(message, original.InnerException)
    {
        OriginalType = original.OriginalType;
        OriginalMessage = original.OriginalMessage;
        WorkerStackTrace = original.WorkerStackTrace;
        WorkerName = original.WorkerName;
        ProcessId = original.ProcessId;
    }

    /// <summary>The full name of the original exception's type.</summary>
    public string OriginalType { get; } = "";

    /// <summary>The original exception's message.</summary>
    public string OriginalMessage { get; } = "";

    /// <summary>Where the original exception was thrown in the worker, with the line numbers of cells where the host compiles them with symbols.</summary>
    public string WorkerStackTrace { get; } = "";
}
