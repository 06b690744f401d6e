using System.Globalization;

namespace Multiprocessing.Connections.Calls;

/// <summary>A function without inputs, with all that it takes to call it, as it is sent to a worker.</summary>
internal abstract partial class Call
{
    private Cultures? _cultures;
    private string? _workerName;

    /// <summary>The name that somebody gave to the worker process; null for none.</summary>
    public string? WorkerName => _workerName;

    /// <summary>The function.</summary>
    public abstract Delegate Function { get; }

    /// <summary>Whether the function is told when its call is cancelled, and ends by itself then.</summary>
    public virtual bool IsCancellable => false;

    /// <summary>A function that returns nothing.</summary>
    public static Call Of(Action function) => new OfAction(function);

    /// <summary>An async function, whose end is waited for.</summary>
    public static Call Of(Func<Task> function) => new OfAsyncAction(function);

    /// <summary>A function that returns a value.</summary>
    public static Call Of<T>(Func<T> function) => new OfFunction<T>(function);

    /// <summary>An async function, whose value is waited for.</summary>
    public static Call Of<T>(Func<Task<T>> function) => new OfAsyncFunction<T>(function);

    /// <summary>Notes under which cultures it is to run: those of now.</summary>
    /// <param name="workerName">The name that somebody gave to the worker process; null for none.</param>
    /// <param name="culture">The culture to take in place of the caller's; null for the caller's.</param>
    public void Prepare(string? workerName = null, CultureInfo? culture = null)
    {
        _workerName = workerName;
        _cultures = new Cultures(culture);
    }

    /// <summary>Runs it to its end, in the worker.</summary>
    /// <param name="cancellation">Tells a function that wants to know that its call is cancelled.</param>
    /// <returns>What it returned; null if it returns nothing.</returns>
    public object? Run(CancellationToken cancellation)
    {
        _cultures!.Apply();
        return Invoke(cancellation);
    }

    protected abstract object? Invoke(CancellationToken cancellation);

    private sealed class OfAction(Action function) : Call
    {
        public override Delegate Function => function;

        protected override object? Invoke(CancellationToken cancellation)
        {
            function();
            return null;
        }
    }

    private sealed class OfAsyncAction(Func<Task> function) : Call
    {
        public override Delegate Function => function;

        protected override object? Invoke(CancellationToken cancellation)
        {
            function().GetAwaiter().GetResult();
            return null;
        }
    }

    private sealed class OfFunction<T>(Func<T> function) : Call
    {
        public override Delegate Function => function;

        protected override object? Invoke(CancellationToken cancellation) => function();
    }

    private sealed class OfAsyncFunction<T>(Func<Task<T>> function) : Call
    {
        public override Delegate Function => function;

        protected override object? Invoke(CancellationToken cancellation) => function().GetAwaiter().GetResult();
    }
}
