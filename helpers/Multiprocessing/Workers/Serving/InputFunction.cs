using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Diagnostics;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Workers.Serving;

/// <summary>A function for many inputs, as it is sent to a worker, with the cultures to run it under.</summary>
internal abstract class InputFunction
{
    /// <summary>Results go to the parent at least this often, so that progress is seen.</summary>
    protected static readonly long FlushInterval = Stopwatch.Frequency * 5 / 1000;

    /// <summary>The clock is looked at about this often: it costs as much as ten small functions.</summary>
    protected static readonly long Glance = Stopwatch.Frequency * 50 / 1_000_000;

    protected const int MostBetweenGlances = 4096;

    private Cultures? _cultures;
    private TraceContext? _trace;

    /// <summary>Where the call stands in a trace; null if it is in none.</summary>
    public TraceContext? Trace
    {
        get => _trace;
        set => _trace = value;
    }

    /// <summary>The function.</summary>
    public abstract Delegate Function { get; }

    /// <summary>Whether the function is told when its call is cancelled, and ends by itself then.</summary>
    public virtual bool IsCancellable => false;

    /// <summary>Notes under which cultures it is to run: those of now.</summary>
    /// <param name="culture">The one to take in place of the caller's; null for the caller's.</param>
    public void Prepare(CultureInfo? culture) => _cultures = new Cultures(culture);

    /// <summary>Makes the cultures of the call those of this process and thread.</summary>
    public void ApplyCultures() => _cultures!.Apply();

    /// <summary>Runs the function for one input after the other, and replies.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="attachments">Their large arrays.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="replies">Where the results go.</param>
    public abstract void Run(PayloadReader inputs, IAttachmentSource? attachments, int count, TaskReplies replies);
}

/// <inheritdoc/>
/// <typeparam name="T">The type of the inputs.</typeparam>
/// <typeparam name="TResult">The type of the results; any, if there are none.</typeparam>
internal class InputFunction<T, TResult> : InputFunction
{
    // One type for all of them, and not one for each: a type of a cell's own is then one less for the worker to load and to compile for.
    private readonly Func<T, TResult>? _function;
    private readonly Func<T, Task<TResult>>? _asyncFunction;
    private readonly Action<T>? _action;
    private readonly Func<T, Task>? _asyncAction;
    private readonly Func<TResult, TResult, TResult>? _reduce;

    /// <param name="function">The function.</param>
    /// <param name="reduce">Combines the results of inputs that follow each other, of which then only what they come to is sent; null to send each.</param>
    public InputFunction(Func<T, TResult> function, Func<TResult, TResult, TResult>? reduce = null)
    {
        _function = function;
        _reduce = reduce;
    }

    /// <param name="function">An async function, whose end is waited for before the next input.</param>
    public InputFunction(Func<T, Task<TResult>> function) => _asyncFunction = function;

    /// <param name="action">A function that returns nothing.</param>
    public InputFunction(Action<T> action) => _action = action;

    /// <param name="action">An async function that returns nothing.</param>
    public InputFunction(Func<T, Task> action) => _asyncAction = action;

    /// <param name="reduce">As above, of a function that is called otherwise.</param>
    protected InputFunction(Func<TResult, TResult, TResult>? reduce) => _reduce = reduce;

    public override Delegate Function => _function ?? _asyncFunction ?? _action ?? (Delegate)_asyncAction!;

    public override void Run(PayloadReader inputs, IAttachmentSource? attachments, int count, TaskReplies replies)
    {
        T[] values = GC.AllocateUninitializedArray<T>(count);
        Exception?[]? unreadable = TaskData<T>.Read(inputs, values, replies.Context, replies.Context.Resolver, attachments);

        // Results that are bits stand where the parent finds them, should this process die before it has sent them; others are sent one by one. So two workers do
        // some 31 million trivial inputs a second, and 1.3 million if each goes by itself.
        Span<TResult> results = TaskData<TResult>.IsPlain ? replies.Journal<TResult>() : default;
        if (results.IsEmpty)
        {
            results = new TResult[_reduce is null ? 1 : count];
        }

        int next = 0;
        int sent = 0;
        int stride = 1;
        long begin = Stopwatch.GetTimestamp();
        long flushed = begin;
        while (next < count)
        {
            int end = Math.Min(Math.Min(next + stride, count), sent + results.Length);
            replies.BeginJournal(sent);
            try
            {
                for (; next < end; next++)
                {
                    if (!replies.TryRun(next))
                    {
                        // The rest is done by another worker.
                        count = next;
                        break;
                    }

                    if (unreadable?[next] is { } error)
                    {
                        throw error;
                    }

                    results[next - sent] = _function is not null ? _function(values[next]) : InvokeOther(values[next], replies);
                }
            }
#pragma warning disable CA1031 // Whatever the function throws goes to the parent.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Flush(results[..(next - sent)], sent, Stopwatch.GetTimestamp() - flushed, replies);
                if (IsCancellable && replies.Cancellation.IsCancellationRequested)
                {
                    replies.Cancelled(next, count - next);
                    sent = next;
                    break;
                }

                replies.Fault(next, e);
                sent = ++next;
                begin = flushed = Stopwatch.GetTimestamp();
                continue;
            }

            replies.DoneUpTo(next);
            long now = Stopwatch.GetTimestamp();
            stride = now - begin < Glance ? Math.Min(stride * 2, MostBetweenGlances) : Math.Max(stride / 2, 1);
            if (now - flushed > FlushInterval || next - sent == results.Length)
            {
                Flush(results[..(next - sent)], sent, now - flushed, replies);
                sent = next;
                now = flushed = Stopwatch.GetTimestamp();
            }

            begin = now;
        }

        Flush(results[..(next - sent)], sent, Stopwatch.GetTimestamp() - flushed, replies);
        replies.End();
    }

    /// <summary>Runs a function of another kind than the usual one.</summary>
    protected virtual TResult InvokeOther(T input, TaskReplies replies)
    {
        if (_asyncFunction is not null)
        {
            return _asyncFunction(input).GetAwaiter().GetResult();
        }

        if (_action is not null)
        {
            _action(input);
        }
        else
        {
            _asyncAction!(input).GetAwaiter().GetResult();
        }

        return default!;
    }

    private void Flush(ReadOnlySpan<TResult> results, int first, long elapsed, TaskReplies replies)
    {
        if (results.IsEmpty)
        {
            return;
        }

        try
        {
            PayloadWriter payload = replies.BeginResults(first, results.Length, elapsed);
            ReadOnlySpan<TResult> sent = results;
            if (_reduce is not null)
            {
                // The user's code, too, and the last input's part of it.
                replies.RunOn(first + results.Length - 1);
                sent = new TResult[] { Reduce(results) };
            }

            Shipment shipment = TaskData<TResult>.Write(payload, sent, _ => $"result of {GeneratedNames.Describe(Function.Method)}", replies.Context, attach: true);
            replies.EndResults(shipment.Attachments);
        }
#pragma warning disable CA1031 // Packing runs code of the results' own types, and a reduction is the user's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // What is packed together stands and falls together.
            for (int i = 0; i < results.Length; i++)
            {
                replies.Fault(first + i, e is TargetInvocationException { InnerException: { } inner } ? inner : e);
            }
        }
    }

    private TResult Reduce(ReadOnlySpan<TResult> results)
    {
        TResult total = results[0];
        for (int i = 1; i < results.Length; i++)
        {
            total = _reduce!(total, results[i]);
        }

        return total;
    }
}
