using System.Diagnostics;
using Multiprocessing.Serialization;

namespace Multiprocessing.Diagnostics;

/// <summary>Where a call stands in a trace, as it goes to a worker (W3C Trace Context), and what is said in that trace to all that take part in it (W3C Baggage).</summary>
/// <param name="Parent">The <c>traceparent</c> of the call.</param>
/// <param name="State">Its <c>tracestate</c>; null for none.</param>
/// <param name="Baggage">Names and values, by turns, in the order in which they are to be added.</param>
internal sealed record TraceContext(string Parent, string? State, string?[] Baggage)
{
    /// <summary>That of an activity.</summary>
    /// <param name="activity">The activity; null for none.</param>
    /// <returns>Null if it has no place in a trace.</returns>
    public static TraceContext? Of(Activity? activity) =>
        activity is { IdFormat: ActivityIdFormat.W3C, Id: { } id }
            ? new TraceContext(id, activity.TraceStateString, [.. activity.Baggage.Reverse().SelectMany(static item => (string?[])[item.Key, item.Value])])
            : null;

    /// <summary>Gives the baggage to an activity.</summary>
    public void AddBaggage(Activity activity)
    {
        for (int i = 0; i < Baggage.Length; i += 2)
        {
            activity.AddBaggage(Baggage[i]!, Baggage[i + 1]);
        }
    }

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    public static TraceContext? Read(PayloadReader input)
    {
        if (input.ReadString() is not { } parent)
        {
            return null;
        }

        string? state = input.ReadString();
        string?[] baggage = new string?[input.ReadCount()];
        for (int i = 0; i < baggage.Length; i++)
        {
            baggage[i] = input.ReadString();
        }

        return new TraceContext(parent, state, baggage);
    }

    /// <summary>Writes it. Most calls are in no trace: that takes no more than one null.</summary>
    public static void Write(TraceContext? trace, PayloadWriter output)
    {
        output.WriteString(trace?.Parent);
        if (trace is not null)
        {
            output.WriteString(trace.State);
            output.WriteCount(trace.Baggage.Length);
            foreach (string? part in trace.Baggage)
            {
                output.WriteString(part);
            }
        }
    }
}
