using System.Diagnostics;
using System.Reflection;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Code;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools.Serving;

/// <summary>Runs a function for one input after the other.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
/// <typeparam name="TResult">The type of the results.</typeparam>
internal abstract class InputFunction<T, TResult> : TaskFunction
{
    /// <summary>Results go to the parent at least this often, so that progress is seen.</summary>
    private static readonly long FlushInterval = Stopwatch.Frequency * 5 / 1000;

    /// <summary>The clock is looked at about this often: it costs as much as ten small functions.</summary>
    private static readonly long Glance = Stopwatch.Frequency * 50 / 1_000_000;

    private const int MostBetweenGlances = 4096;

    /// <summary>Whether what inputs that follow each other come to is sent, instead of each result.</summary>
    protected virtual bool Condenses => false;

    public sealed override void Run(PayloadReader inputs, IAttachmentSource? attachments, in TaskRange range, TaskReplies replies)
    {
        Exception?[]? unreadable = null;
        int count = range.Count;
        T[] values = TaskData<T>.Read(inputs, count, replies.Context, attachments, (i, e) => (unreadable ??= new Exception?[count])[i] = e);

        // Results that are bits stand where the parent finds them, should this process die before it has sent them; others are sent one by one.
        Span<TResult> results = TaskData<TResult>.IsPlain ? replies.Journal<TResult>() : default;
        if (results.IsEmpty)
        {
            results = new TResult[Condenses ? count : 1];
        }

        int next = 0;
        int sent = 0;
        int stride = 1;
        long begin = Stopwatch.GetTimestamp();
        long flushed = begin;
        while (next < count)
        {
            int end = Math.Min(Math.Min(next + stride, count), sent + results.Length);
            replies.BeginJournal(range.First + sent);
            try
            {
                for (; next < end; next++)
                {
                    if (!replies.TryRun(range.Place + next))
                    {
                        // The rest is done by another worker.
                        count = next;
                        break;
                    }

                    if (unreadable?[next] is { } error)
                    {
                        throw error;
                    }

                    results[next - sent] = Invoke(values[next]);
                }
            }
#pragma warning disable CA1031 // Whatever the function throws goes to the parent.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Flush(results, range.Part(sent, next), Stopwatch.GetTimestamp() - flushed, replies);
                replies.Fault(range.Call, range.First + next, e);
                sent = ++next;
                begin = flushed = Stopwatch.GetTimestamp();
                continue;
            }

            replies.DoneUpTo(range.Place + next);
            long now = Stopwatch.GetTimestamp();
            stride = now - begin < Glance ? Math.Min(stride * 2, MostBetweenGlances) : Math.Max(stride / 2, 1);
            if (now - flushed > FlushInterval || next - sent == results.Length)
            {
                Flush(results, range.Part(sent, next), now - flushed, replies);
                sent = next;
                now = flushed = Stopwatch.GetTimestamp();
            }

            begin = now;
        }

        Flush(results, range.Part(sent, next), Stopwatch.GetTimestamp() - flushed, replies);
        replies.End();
    }

    /// <summary>Runs the function for one input.</summary>
    protected abstract TResult Invoke(T input);

    /// <summary>Makes of results that follow each other what the parent is sent.</summary>
    protected virtual ReadOnlySpan<TResult> Condense(ReadOnlySpan<TResult> results) => results;

    private void Flush(Span<TResult> results, in TaskRange range, long elapsed, TaskReplies replies)
    {
        if (range.Count == 0)
        {
            return;
        }

        if (Condenses)
        {
            // The user's code, too, and the last input's part of it.
            replies.RunOn(range.Place + range.Count - 1);
        }

        try
        {
            PayloadWriter payload = replies.BeginResults(range, elapsed);
            Shipment shipment = TaskData<TResult>.Write(
                payload, Condense(results[..range.Count]), _ => $"result of {GeneratedNames.Describe(Function.Method)}", replies.Context, attach: true);
            replies.EndResults(shipment.Attachments);
        }
#pragma warning disable CA1031 // Packing runs code of the results' own types, and a reduction is the user's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // What is packed together stands and falls together.
            for (int i = 0; i < range.Count; i++)
            {
                replies.Fault(range.Call, range.First + i, e is TargetInvocationException { InnerException: { } inner } ? inner : e);
            }
        }
    }
}
