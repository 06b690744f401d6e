using System.Diagnostics;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Embedded.Input;
using NotebookRunner.Kernels.Embedded.Stopping;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>One run of a cell: where its outputs go, also those of what it has left running when it ends.</summary>
#pragma warning disable CA1001 // A source of cancellation without a timer holds nothing, and late code of the cell may still ask it.
internal sealed class RunningCell(CommandEnvelope command, EventWriter events, InputRequests inputs)
#pragma warning restore CA1001
{
    /// <summary>How long the code of a stopped cell has to put things in order, in the thread that has been told.</summary>
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromMilliseconds(250);

    [ThreadStatic]
    private static (RunningCell? Cell, long Since) t_told;

    // Flows with the ExecutionContext, so that what threads, tasks and timers of a cell write is the cell's.
    private static readonly AsyncLocal<RunningCell?> OfContext = new();

    private readonly Lock _gate = new();
    private KernelInvocationContext? _context;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ReceivedCommand _command = new(command, events);
    private readonly UnfinishedLine _line = new();
    private int _lastChild;
    private volatile bool _isStopping;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The cell whose code is calling; null where the execution context does not tell.</summary>
    public static RunningCell? Current
    {
        get => OfContext.Value;
        set => OfContext.Value = value;
    }

    /// <summary>The cell's source.</summary>
    public string Code { get; } = command.Command?.Code ?? "";

    /// <summary>The way to the reader, whom the cell's code may ask.</summary>
    public InputRequests Inputs => inputs;

    /// <summary>What the client calls this run.</summary>
    public string Token => command.Token ?? "";

    /// <summary>The thread that the cell begins on; null until then.</summary>
    public Thread? Thread { get; set; }

    /// <summary>Whether its code is being stopped.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>What the cell has written to the console since the last end of a line: the question, when it then reads.</summary>
    public string Prompt
    {
        get
        {
            lock (_gate)
                return _line.Text;
        }
    }

    /// <summary>What the cell's code knows of its run: the same object whenever it asks.</summary>
    public KernelInvocationContext Context => LazyInitializer.EnsureInitialized(ref _context, () => new(this));

    /// <summary>Cancelled with the cell.</summary>
    public CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>Completes when the cell has ended, one way or another.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether it was stopped, and has ended: nobody wants to read what its threads have still to say.</summary>
    public bool WasStopped => Ended.IsCompleted && _isStopping;

    /// <summary>A name for a command that the cell entails.</summary>
    public string NextChildToken() => $"{Token}.{Interlocked.Increment(ref _lastChild)}";

    /// <summary>Tells the cell's code to stop: on a thread of its own, since what the cell has registered may take for ever, and a cell may have taken all threads of the pool.</summary>
    public Task CancelAsync() =>
        Task.Factory.StartNew(_cancellation.Cancel, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>From now on, the cell's code is stopped where it asks.</summary>
    public void BeginStopping() => _isStopping = true;

    /// <summary>
    /// Ends the calling code, which is the cell's, if the cell is being stopped. A thread is then left in peace for a moment, so that it can do what it has to do at its end; what goes on all the
    /// same, because it catches every exception, is ended again and again.
    /// </summary>
    /// <exception cref="CellStoppedException">The cell is being stopped.</exception>
    public void ThrowIfStopping()
    {
        if (!_isStopping || (t_told.Cell == this && Stopwatch.GetElapsedTime(t_told.Since) < CleanUpTime))
            return;
        if (t_told.Cell != this)
            t_told = (this, Stopwatch.GetTimestamp());
        throw new CellStoppedException(_cancellation.Token);
    }

    /// <summary>As <see cref="ThrowIfStopping"/>, on the thread that the cell began on alone: on another one, code of a library may be printing for the cell, which is not made to be ended there.</summary>
    /// <exception cref="CellStoppedException">The cell is being stopped.</exception>
    public void ThrowIfStoppingHere()
    {
        if (Thread == System.Threading.Thread.CurrentThread)
            ThrowIfStopping();
    }

    /// <summary>Adds text to the cell's output, though it may have ended.</summary>
    /// <returns>False if the cell was stopped, and nothing was added.</returns>
    public bool TryWrite(string eventType, string text)
    {
        // In pieces, between which there has to be room: a cell may print half a gigabyte at once.
        for (int at = 0; at < text.Length; at += OutputLimits.Piece)
        {
            string piece = text.Length <= OutputLimits.Piece ? text : text.Substring(at, Math.Min(OutputLimits.Piece, text.Length - at));
            if (!TryAdd(() => WritePiece(eventType, piece)))
                return false;
        }

        return true;
    }

    /// <summary>Shows values among the cell's outputs, though it may have ended.</summary>
    /// <returns>False if the cell was stopped, and nothing is shown.</returns>
    public bool TryDisplay(string eventType, IEnumerable<FormattedValue> values, string? valueId)
    {
        var content = new EventContent(OutputLimits.Apply(values), valueId);
        return TryAdd(() => Post(eventType, content));
    }

    /// <summary>Shows other values in the place of some that the cell has shown, though it may have ended.</summary>
    public void Update(IEnumerable<FormattedValue> values, string valueId) => _command.PostUpdate(new(OutputLimits.Apply(values), valueId));

    /// <summary>Tells what the compiler finds fault with: nothing, too, so that an editor forgets what it was told before.</summary>
    /// <returns>False if the cell was stopped, and nothing is told.</returns>
    public bool Report(IReadOnlyList<DiagnosticContent> diagnostics) =>
        TryAdd(() => Post(EventTypes.DiagnosticsProduced, new(Diagnostics: diagnostics, FormattedDiagnostics: [])));

    /// <summary>Ends the cell.</summary>
    /// <param name="failure">Why it failed; null if it did not.</param>
    /// <returns>False if it has ended already, in whatever way.</returns>
    public bool End(string? failure)
    {
        string? errorMark = Ended.IsCompleted ? null : ErrorMarks.Put(Token);
        lock (_gate)
        {
            if (Ended.IsCompleted)
                return false;
            if (failure is null)
                _command.Succeed(errorMark);
            else
                _command.Fail(OutputLimits.Shorten(failure), errorMark);
            _ended.SetResult();
            return true;
        }
    }

    private void WritePiece(string eventType, string text)
    {
        _command.PostText(eventType, text);
        if (eventType == EventTypes.StandardOutputValueProduced)
            _line.Add(text);
    }

    private void Post(string eventType, EventContent content)
    {
        if (eventType == EventTypes.DisplayedValueUpdated)
            _command.PostUpdate(content);
        else
            _command.Post(eventType, content);
    }

    private bool TryAdd(Action post)
    {
        // What is left of a cell that is being stopped, and finds no room, is not worth waiting for.
        bool hasRoom = events.WaitForRoom(() => _cancellation.IsCancellationRequested);
        lock (_gate)
        {
            if (WasStopped)
                return false;
            if (hasRoom)
                post();
            return true;
        }
    }
}
