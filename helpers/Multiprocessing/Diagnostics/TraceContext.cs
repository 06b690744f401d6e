using Multiprocessing.Serialization;

namespace Multiprocessing.Diagnostics;

/// <summary>Where a call stands in a trace, as it goes to a worker (W3C Trace Context).</summary>
/// <param name="Parent">The <c>traceparent</c> of the call.</param>
/// <param name="State">Its <c>tracestate</c>; null for none.</param>
internal sealed record TraceContext(string Parent, string? State)
{
    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    public static TraceContext? Read(PayloadReader input) => input.ReadString() is { } parent ? new TraceContext(parent, input.ReadString()) : null;

    /// <summary>Writes it. Most calls are in no trace: that takes no more than one null.</summary>
    public static void Write(TraceContext? trace, PayloadWriter output)
    {
        output.WriteString(trace?.Parent);
        if (trace is not null)
        {
            output.WriteString(trace.State);
        }
    }
}
