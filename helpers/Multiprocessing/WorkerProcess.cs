using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Hosting;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// Runs a function in an operating-system process of its own. Reads like <see cref="Thread"/>:
/// <c>var p = new WorkerProcess(() =&gt; CalcSquare(arr)); p.Start(); p.Join();</c>
/// </summary>
/// <remarks>
/// <para>
/// The function may be any delegate: a method, a lambda, a closure, over variables and types of notebook cells too. Its code goes to the process, and
/// with it the variables that the code reads, as they are at <see cref="Start"/>. What the function changes stays in its process, except in
/// shared objects. Static fields start fresh there.
/// </para>
/// <para>
/// What the function writes to the console appears in the cell (or the program's console) that waits for it, line by line. The process ends when
/// its function returns, as soon as no foreground thread of the function is left, and in any case when this process ends. In a notebook, to stop a cell ends what it has
/// started or waits for.
/// </para>
/// <para>Thread-safe. An instance belongs to the process that made it, and cannot be sent to another.</para>
/// </remarks>
[RequiresDynamicCode(Publishing.NeedsDynamicCode)]
[RequiresUnreferencedCode(Publishing.NeedsAllCode)]
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed partial class WorkerProcess : IDisposable, IUnsendable
{
    private readonly WorkerHost _host;
    private readonly Call _call;
    private readonly Lock _starting = new();
    private volatile WorkerSession? _session;
    private readonly string _countedName;
    private volatile bool _isStarting;
    private bool _disposed;

    /// <summary>Makes a worker process for a function; nothing runs before <see cref="Start"/>.</summary>
    /// <param name="target">The function.</param>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    public WorkerProcess(Action target)
        : this(WorkerHost.Default, target)
    {
    }

    /// <summary>Makes a worker process for an async function; the process ends when its task has ended.</summary>
    /// <param name="target">The function.</param>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    public WorkerProcess(Func<Task> target)
        : this(WorkerHost.Default, Call.Of(target ?? throw new ArgumentNullException(nameof(target))))
    {
    }

    internal WorkerProcess(WorkerHost host, Action target)
        : this(host, Call.Of(target ?? throw new ArgumentNullException(nameof(target))))
    {
    }

    private WorkerProcess(WorkerHost host, Call call)
    {
        _host = host;
        _call = call;
        _countedName = string.Create(CultureInfo.InvariantCulture, $"Worker-{host.CountProcess()}");
        Name = _countedName;
    }

    /// <summary>A name for messages, and for the lane in a <see cref="Timings.Timeline"/> if it is set before <see cref="Start"/>; else <c>Worker-1</c>, <c>Worker-2</c>, …</summary>
    public string Name { get; set; }

    /// <summary>The operating system's number of the process.</summary>
    /// <exception cref="InvalidOperationException">It has not been started.</exception>
    public int Id => Started().Worker.ProcessId;

    /// <summary>Whether the process has been started and the end of its function, or its own, is not yet known.</summary>
    public bool IsAlive
    {
        get
        {
            TakeOutput();
            return _session is { Completion.IsCompleted: false };
        }
    }

    /// <summary>
    /// The exit code: null before the end, 0 if the function returned, 1 if it threw, what it gave to <see cref="Environment.Exit"/>, or 128 and the
    /// number of the signal that ended the process before the function ended. On Windows, which has no signals, the number of the error that did (NTSTATUS), or 137 after <see cref="Kill"/>, as elsewhere.
    /// </summary>
    public int? ExitCode
    {
        get
        {
            TakeOutput();
            return _session is { Completion.IsCompleted: true } ended ? ended.Exit?.Code : null;
        }
    }

    /// <summary>The worker that runs the calling code; null in a process that is no worker.</summary>
    public static CurrentWorker? Current => CurrentWorker.Of(WorkerHost.Default);

    /// <summary>The processes that this one has started for functions that have not ended, in the order in which they were started; those of <see cref="RunAsync(Action, CancellationToken)"/> too. The workers of a pool are the pool's.</summary>
    public static IReadOnlyList<WorkerProcess> GetAlive() => GetAlive(WorkerHost.Default);

    internal static IReadOnlyList<WorkerProcess> GetAlive(WorkerHost host) => [.. host.Live.Owners().OfType<WorkerProcess>().Where(static process => process.IsAlive)];

    /// <summary>Starts the function in a process of its own, with the variables that it reads as they are now.</summary>
    /// <exception cref="InvalidOperationException">It has been started before; make a new one to run the function again.</exception>
    /// <exception cref="NotShippableException">The function needs something that cannot go to another process. It can be started again.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void Start()
    {
        lock (_starting)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_isStarting || _session is not null)
            {
                throw new InvalidOperationException($"'{Name}' has been started before. A process runs once: make a new WorkerProcess to run the function again.");
            }

            _isStarting = true;
        }

        // Not under the lock: a process takes its time.
        bool isDisposed = false;
        try
        {
            CancellationToken stop = _call.IsCancellable ? CancellationToken.None : _host.Notebook.Stop;
            WorkerSession session = WorkerSession.Start(_host, _call, Name, isNameGiven: Name != _countedName, owner: this, Limits, stop);
            lock (_starting)
            {
                _session = session;
                isDisposed = _disposed;
            }
        }
        finally
        {
            _isStarting = false;
        }

        if (isDisposed)
        {
            _session.End();
        }
    }

    /// <summary>
    /// Waits until the function has ended, showing what it prints. The process then ends by itself, within milliseconds; <see cref="Dispose"/> waits for that.
    /// </summary>
    /// <exception cref="InvalidOperationException">It has not been started.</exception>
    /// <exception cref="WorkerException">The function threw an exception.</exception>
    /// <exception cref="WorkerDiedException">The process ended before the function did. After <see cref="Kill()"/>, this just returns.</exception>
    /// <exception cref="OperationCanceledException">The cell that waits, or the one that started it, was stopped; the process has been ended.</exception>
    public void Join() => Join(Timeout.InfiniteTimeSpan);

    /// <summary>Waits until the function has ended, showing what it prints.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the process.</param>
    /// <inheritdoc cref="Join()" path="/exception"/>
    /// <exception cref="OperationCanceledException">The waiting was cancelled; or the cell was stopped, and the process has been ended.</exception>
    public void Join(CancellationToken cancellationToken) => Join(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits until the function has ended or the time is up, showing what it prints.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting, not the process.</param>
    /// <returns>Whether the function, or the process, has ended.</returns>
    /// <inheritdoc cref="Join()" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool Join(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        _ = new WaitDeadline(timeout);
        WorkerSession session = Started();
        CancellationToken stop = _host.Notebook.Stop;
        using (_host.Output.BeginWait(session.Worker))
        using (stop.UnsafeRegister(KillSilently, session))
        {
            // Not Wait: it would wrap the exception.
            if (Task.WaitAny([session.Completion], (int)timeout.TotalMilliseconds, cancellationToken) < 0)
            {
                return false;
            }
        }

        ThrowIfFailed(session, stop);
        return true;
    }

    /// <summary>Waits until the function has ended, showing what it prints.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the process.</param>
    /// <returns>A task that ends with the function.</returns>
    /// <inheritdoc cref="Join()" path="/exception"/>
    /// <exception cref="OperationCanceledException">The waiting was cancelled; or the cell was stopped, and the process has been ended.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken = default)
    {
        WorkerSession session = Started();
        CancellationToken stop = _host.Notebook.Stop;
        using (_host.Output.BeginWait(session.Worker))
        using (stop.UnsafeRegister(KillSilently, session))
        {
            await ((Task)session.Completion).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!session.Completion.IsCompleted)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        ThrowIfFailed(session, stop);
    }

    /// <summary>Ends the process at once; and, if its function has not ended, the processes that it has started. Nothing happens if it has ended.</summary>
    /// <exception cref="InvalidOperationException">It has not been started.</exception>
    public void Kill() => Started().Kill();

    /// <summary>
    /// Asks the process to end, as a program is asked to: it gets SIGTERM, or Ctrl-Break on Windows. Does not wait, and nothing happens if it has ended. <see cref="Join()"/> then just returns, as after <see cref="Kill()"/>, unless the
    /// function comes to its own end all the same: then it tells how.
    /// </summary>
    /// <remarks>
    /// <para>
    /// First, what the function has registered for the signal runs (<see cref="System.Runtime.InteropServices.PosixSignalRegistration"/> for <c>SIGTERM</c>; on Windows for <c>SIGQUIT</c>, or
    /// <see cref="Console.CancelKeyPress"/>). Unless that cancels the signal, the process ends as by <see cref="Environment.Exit"/>: <see cref="AppDomain.ProcessExit"/> is raised, for which there are two seconds, and the
    /// <see cref="ExitCode"/> is 143. What the function has started, and left running, ends with it.
    /// </para>
    /// <para>
    /// A function that has asked for <see cref="CurrentWorker.Stopping"/> is left to end by itself, which works on every system alike. One that ignores all of that goes on: <see cref="Kill()"/> ends any.
    /// </para>
    /// </remarks>
    /// <exception cref="InvalidOperationException">It has not been started.</exception>
    public void Terminate() => Started().Terminate();

    /// <summary>
    /// Ends the process, if its function is still running, and waits for its end. A process whose function has ended has two seconds to end by itself, and so have the foreground threads that
    /// the function has left: what they have still to do and to print may be wanted, and nobody can tell from here whether it is they or the process's own end that takes the time. To wait for
    /// neither, <see cref="Kill()"/> it before.
    /// </summary>
    public void Dispose()
    {
        lock (_starting)
        {
            _disposed = true;
        }

        if (_session is { } session)
        {
            using (_host.Output.BeginWait(session.Worker))
            {
                session.End();
            }
        }
    }

    /// <summary>The name and the state.</summary>
    public override string ToString() => State + (_disposed ? ", disposed" : "");

    /// <summary>The call and its worker; null before the start.</summary>
    internal WorkerSession? Session => _session;

    internal bool IsDisposed => _disposed;

    string IUnsendable.Advice => "it is a handle of the process that started it. Start it here, or send what the function needs of it.";

    private string State => _session switch
    {
        null => $"{Name}: not started",
        { Completion.IsCompleted: false } running => $"{Name}: running (process {running.Worker.ProcessId})",
        { } ended => string.Create(CultureInfo.InvariantCulture, $"{Name}: ended (process {ended.Worker.ProcessId}, exit code {ended.Exit?.Code})"),
    };

    // Whoever looks at a process from a cell can be shown what it has printed so far.
    private void TakeOutput() => _host.Output.BeginWait(null).Dispose();

    private static void KillSilently(object? session) => ((WorkerSession)session!).Kill(silently: true);

    private static void ThrowIfFailed(WorkerSession session, CancellationToken stop)
    {
        if (session.Killed)
        {
            stop.ThrowIfCancellationRequested();
        }
        else
        {
            session.Completion.GetAwaiter().GetResult();
        }
    }

    private WorkerSession Started() =>
        _session ?? throw new InvalidOperationException($"'{Name}' has not been started: call Start first.");
}
