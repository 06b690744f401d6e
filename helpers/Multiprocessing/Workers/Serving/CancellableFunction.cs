namespace Multiprocessing.Workers.Serving;

/// <summary>A function for many inputs that is told when its call is cancelled: a type of its own, so that others are sent nothing of it.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
/// <typeparam name="TResult">The type of the results; any, if there are none.</typeparam>
internal sealed class CancellableFunction<T, TResult> : InputFunction<T, TResult>
{
    private readonly Func<T, CancellationToken, TResult>? _function;
    private readonly Func<T, CancellationToken, Task<TResult>>? _asyncFunction;
    private readonly Action<T, CancellationToken>? _action;
    private readonly Func<T, CancellationToken, Task>? _asyncAction;

    /// <inheritdoc cref="InputFunction{T, TResult}(Func{T, TResult}, Func{TResult, TResult, TResult}?)"/>
    public CancellableFunction(Func<T, CancellationToken, TResult> function, Func<TResult, TResult, TResult>? reduce = null)
        : base(reduce) => _function = function;

    /// <inheritdoc cref="InputFunction{T, TResult}(Func{T, Task{TResult}})"/>
    public CancellableFunction(Func<T, CancellationToken, Task<TResult>> function)
        : base(reduce: null) => _asyncFunction = function;

    /// <inheritdoc cref="InputFunction{T, TResult}(Action{T})"/>
    public CancellableFunction(Action<T, CancellationToken> action)
        : base(reduce: null) => _action = action;

    /// <inheritdoc cref="InputFunction{T, TResult}(Func{T, Task})"/>
    public CancellableFunction(Func<T, CancellationToken, Task> action)
        : base(reduce: null) => _asyncAction = action;

    public override Delegate Function => _function ?? _asyncFunction ?? _action ?? (Delegate)_asyncAction!;

    public override bool IsCancellable => true;

    protected override TResult InvokeOther(T input, TaskReplies replies)
    {
        // Also before it: this ends the batch, with what the pool has sent ahead.
        CancellationToken cancellation = replies.Cancellation;
        cancellation.ThrowIfCancellationRequested();
        if (_function is not null)
        {
            return _function(input, cancellation);
        }

        if (_asyncFunction is not null)
        {
            return _asyncFunction(input, cancellation).GetAwaiter().GetResult();
        }

        if (_action is not null)
        {
            _action(input, cancellation);
        }
        else
        {
            _asyncAction!(input, cancellation).GetAwaiter().GetResult();
        }

        return default!;
    }
}
