namespace Multiprocessing.Connections.Calls;

/// <content>Functions that are told when their call is cancelled.</content>
internal abstract partial class Call
{
    /// <summary>A function that returns nothing.</summary>
    public static Call Of(Action<CancellationToken> function) => new OfCancellableAction(function);

    /// <summary>An async function, whose end is waited for.</summary>
    public static Call Of(Func<CancellationToken, Task> function) => new OfCancellableAsyncAction(function);

    /// <summary>A function that returns a value.</summary>
    public static Call Of<T>(Func<CancellationToken, T> function) => new OfCancellableFunction<T>(function);

    /// <summary>An async function, whose value is waited for.</summary>
    public static Call Of<T>(Func<CancellationToken, Task<T>> function) => new OfCancellableAsyncFunction<T>(function);

    /// <summary>What they have in common.</summary>
    private abstract class Cancellable : Call
    {
        public override bool IsCancellable => true;

        protected override object? Invoke(CancellationToken cancellation)
        {
            // It may have been cancelled before it came here.
            cancellation.ThrowIfCancellationRequested();
            return InvokeWith(cancellation);
        }

        protected abstract object? InvokeWith(CancellationToken cancellation);
    }

    private sealed class OfCancellableAction(Action<CancellationToken> function) : Cancellable
    {
        public override Delegate Function => function;

        protected override object? InvokeWith(CancellationToken cancellation)
        {
            function(cancellation);
            return null;
        }
    }

    private sealed class OfCancellableAsyncAction(Func<CancellationToken, Task> function) : Cancellable
    {
        public override Delegate Function => function;

        protected override object? InvokeWith(CancellationToken cancellation)
        {
            function(cancellation).GetAwaiter().GetResult();
            return null;
        }
    }

    private sealed class OfCancellableFunction<T>(Func<CancellationToken, T> function) : Cancellable
    {
        public override Delegate Function => function;

        protected override object? InvokeWith(CancellationToken cancellation) => function(cancellation);
    }

    private sealed class OfCancellableAsyncFunction<T>(Func<CancellationToken, Task<T>> function) : Cancellable
    {
        public override Delegate Function => function;

        protected override object? InvokeWith(CancellationToken cancellation) => function(cancellation).GetAwaiter().GetResult();
    }
}
