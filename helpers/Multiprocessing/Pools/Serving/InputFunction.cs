using System.Diagnostics;
using System.Reflection;
using Multiprocessing.Shipping;
using Multiprocessing.Shipping.Code;
using Multiprocessing.Workers;

namespace Multiprocessing.Pools.Serving;

/// <summary>Runs a function for one input after the other.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
/// <typeparam name="TResult">The type of the results.</typeparam>
internal abstract class InputFunction<T, TResult> : TaskFunction
{
    /// <summary>Results go to the parent at least this often, so that a worker that dies takes few with it, and progress is seen.</summary>
    private static readonly long FlushInterval = Stopwatch.Frequency * 5 / 1000;

    /// <summary>The clock is looked at about this often: it costs as much as ten small functions.</summary>
    private static readonly long Glance = Stopwatch.Frequency * 50 / 1_000_000;

    private const int MostBetweenGlances = 4096;

    public sealed override void Run(PayloadReader inputs, IAttachmentSource? attachments, in TaskRange range, TaskReplies replies)
    {
        T[] values = TaskData<T>.Read(inputs, range.Count, ThisWorker.Assemblies!, attachments);
        TResult[] results = new TResult[values.Length];
        int next = 0;
        int sent = 0;
        int stride = 1;
        long flushed = Stopwatch.GetTimestamp();
        long begin = flushed;
        while (next < values.Length)
        {
            int end = (int)(replies.Claim(range.Place + Math.Min(next + stride, values.Length)) - range.Place);
            if (end <= next)
            {
                // The rest was taken back, to be done by another worker.
                break;
            }

            try
            {
                for (; next < end; next++)
                {
                    replies.Current = range.First + next + 1;
                    results[next] = Invoke(values[next]);
                }
            }
#pragma warning disable CA1031 // Whatever the function throws goes to the parent.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Flush(results, range, ref sent, next, Stopwatch.GetTimestamp() - flushed, replies);
                replies.Fault(range.Call, range.First + next, e);
                sent = ++next;
                begin = flushed = Stopwatch.GetTimestamp();
                continue;
            }

            long now = Stopwatch.GetTimestamp();
            stride = now - begin < Glance ? Math.Min(stride * 2, MostBetweenGlances) : Math.Max(stride / 2, 1);
            if (now - flushed > FlushInterval && next < values.Length)
            {
                Flush(results, range, ref sent, next, now - flushed, replies);
                now = flushed = Stopwatch.GetTimestamp();
            }

            begin = now;
        }

        Flush(results, range, ref sent, next, Stopwatch.GetTimestamp() - flushed, replies);
        replies.Current = 0;
        if (next < values.Length)
        {
            replies.Return(range.Part(next, values.Length));
        }
    }

    /// <summary>Runs the function for one input.</summary>
    protected abstract TResult Invoke(T input);

    /// <summary>Makes of results that follow each other what the parent is sent.</summary>
    protected virtual ReadOnlySpan<TResult> Condense(ReadOnlySpan<TResult> results) => results;

    private void Flush(TResult[] results, in TaskRange range, ref int sent, int end, long elapsed, TaskReplies replies)
    {
        if (sent == end)
        {
            return;
        }

        try
        {
            PayloadWriter payload = replies.BeginResults(range.Part(sent, end), elapsed);
            Shipment shipment = TaskData<TResult>.Write(
                payload, Condense(results.AsSpan(sent, end - sent)), () => $"result of {GeneratedNames.Describe(Function.Method)}", attach: true);
            replies.EndResults(shipment.Attachments);
            sent = end;
        }
#pragma warning disable CA1031 // Packing runs code of the results' own types; and what cannot go must be told.
        catch (Exception) when (end - sent > 1)
#pragma warning restore CA1031
        {
            // One of them cannot go: each by itself, then.
            while (sent < end)
            {
                Flush(results, range, ref sent, sent + 1, elapsed, replies);
            }
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            replies.Fault(range.Call, range.First + sent, e is TargetInvocationException { InnerException: { } inner } ? inner : e);
            sent = end;
        }
    }
}
