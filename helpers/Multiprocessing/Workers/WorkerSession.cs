using Multiprocessing.Calls;
using Multiprocessing.Memory;
using Multiprocessing.Workers.Launching;
using Multiprocessing.Workers.Output;

namespace Multiprocessing.Workers;

/// <summary>The life of one worker with one call: sends it, passes on what the worker prints, and finds out how it ended. Thread-safe.</summary>
internal sealed partial class WorkerSession
{
    /// <summary>A process that is ending, and is stuck in that, is helped.</summary>
    private static readonly TimeSpan EndingLimit = TimeSpan.FromSeconds(2);

    private static int s_count;

    private readonly LaunchedWorker _worker;
    private readonly Call _call;
    private readonly UseLease? _holding;
    private readonly ExecutionContext? _home = ExecutionContext.Capture();
    private readonly TaskCompletionSource<object?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _killed;
    private volatile bool _dismissed;
    private volatile bool _silenced;
    private volatile SessionOutput? _output;

    private WorkerSession(LaunchedWorker worker, Call call, string name, UseLease? holding)
    {
        _holding = holding;
        _worker = worker;
        _call = call;
        Name = name;
        Number = Interlocked.Increment(ref s_count);
        Function = call.Work;
    }

    /// <summary>A name for messages.</summary>
    public string Name { get; }

    /// <summary>How many sessions there have been in this process, this one included.</summary>
    public int Number { get; }

    /// <summary>What it is at; null if it waits for something to do.</summary>
    public Delegate? Function { get; set; }

    /// <summary>The operating system's number of the process.</summary>
    public int ProcessId => _worker.Id;

    /// <summary>
    /// The function's result, when the function has ended and everything that it printed has been passed on. Fails with <see cref="WorkerException"/>
    /// or, when the process has ended instead, with <see cref="WorkerDiedException"/>. After an answer the process ends by itself, in the background.
    /// </summary>
    public Task<object?> Completion => _completion.Task;

    /// <summary>How the process has ended, or is going to end, once <see cref="Completion"/> has.</summary>
    public WorkerExit? Exit { get; private set; }

    /// <summary>Whether somebody wanted the end that it had.</summary>
    public bool Killed => _killed;

    /// <summary>Ends when there is no process any more, after <see cref="Completion"/>. Never fails.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Has the stop of a cell end the process.</summary>
    public void EndWith(CancellationToken stop)
    {
        if (stop.CanBeCanceled)
        {
            CancellationTokenRegistration registration = stop.UnsafeRegister(static session => ((WorkerSession)session!).Kill(silently: true), this);
            Ended.ContinueWith(_ => registration.Unregister(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Whether nobody wants to read what it has still to say.</summary>
    public bool IsSilenced => _silenced;

    /// <summary>Ends the process at once; and what its function has started, if that has not ended.</summary>
    /// <param name="silently">Whether nobody wants to read what it has still to say: the cell has been stopped, for instance.</param>
    public void Kill(bool silently = false)
    {
        bool isRunning = !_completion.Task.IsCompleted;
        _killed |= isRunning;
        _silenced |= silently;
        _worker.Kill(withChildren: isRunning);
    }

    /// <summary>Whether nobody wants another one in its place, either, before there is something to do.</summary>
    public bool IsDismissed => _dismissed;

    /// <summary>Ends the process at once, for good, and without another word.</summary>
    public void Dismiss()
    {
        _dismissed = true;
        Kill(silently: true);
    }

    /// <summary>Waits until so many pieces of text of the function have been passed on, or the process has ended; an unfinished line included.</summary>
    public void AwaitOutput(int pieces)
    {
        SpinWait spin = default;
        while (!_completion.Task.IsCompleted)
        {
            if (_output is { } output && output.PassedOn - pieces >= 0)
            {
                output.Flush();
                return;
            }

            spin.SpinOnce();
        }
    }

    /// <summary>Waits until there is no process any more. Ends it at once if its function has not ended, and after a while if it is stuck in its own end.</summary>
    public void End()
    {
        if (!_completion.Task.IsCompleted || !Ended.Wait(EndingLimit))
        {
            Kill();
            Ended.Wait();
        }
    }
}
