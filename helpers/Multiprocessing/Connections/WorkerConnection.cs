using Multiprocessing.Connections.Output;
using Multiprocessing.Diagnostics;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Connections;

/// <summary>
/// A worker process, seen from its parent: the one way to it and from it. What goes to it are frames in a ring of shared memory; what comes back, text and results alike, are frames in
/// another, in the order in which the worker wrote them. And the one address of its end: <see cref="Closed"/>.
/// </summary>
/// <remarks>
/// Who sends and receives: a call that attends to the worker (between <see cref="Attend"/> and <see cref="Leave"/>), on its own thread and without a lock. When none does, a thread of the connection's own,
/// which the worker wakes by its line, and which hands what comes to the <see cref="IConnectionUser"/>. Members are thread-safe unless they say that they are for the attendant.
/// </remarks>
#pragma warning disable CA1001 // Its output is disposed of when the process has ended, by the thread that sees to that.
internal sealed class WorkerConnection
#pragma warning restore CA1001
{
    /// <summary>A process that is ending, and is stuck in that, is helped.</summary>
    public static readonly TimeSpan EndingLimit = TimeSpan.FromSeconds(2);

    /// <summary>What a worker's own child processes keep open is not waited for longer than this.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>A lost wake-up, or an end, costs no more than this.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private readonly ConnectionContext _context;
    private readonly ChildProcess _process;
    private readonly ConnectionMemory _memory;
    private readonly WorkerOutput _output;
    private readonly Lock _attending = new();
    private readonly Lock _writing = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer _impatience;
    private IConnectionUser? _user;
    private OutputWait? _console;
    private bool _isAttended;
    private bool _isBroken;
    private volatile bool _isReady;
    private volatile bool _hasClosed;
    private volatile bool _isSilenced;
    private volatile bool _isDismissed;
    private volatile bool _isKilled;

    /// <summary>Takes over a process that has just been started.</summary>
    /// <param name="context">What it has in common with others of this process.</param>
    /// <param name="process">The process.</param>
    /// <param name="memory">The memory that it was told of.</param>
    /// <param name="told">The surroundings that it was started in.</param>
    public WorkerConnection(ConnectionContext context, ChildProcess process, ConnectionMemory memory, EnvironmentSnapshot told)
    {
        _context = context;
        _process = process;
        _memory = memory;
        Channel = new WorkerChannel(process, memory, told, context.Notebook, context.Telemetry);
        _output = new WorkerOutput(this, process, context.Output);

        // It runs for nobody in particular: no cell's context may stick to it.
        using (ExecutionContext.SuppressFlow())
        {
            _impatience = new Timer(_ => Kill(silently: false, withChildren: false));
        }
    }

    /// <summary>A name for messages.</summary>
    public string Name { get; set; } = "Worker";

    /// <summary>What it is at; null if it waits for something to do.</summary>
    public Delegate? Function { get; set; }

    /// <summary>The context of whoever has taken it.</summary>
    public ExecutionContext? Home { get; private set; }

    /// <summary>Where its text is written in a program that runs no cells, as long as no call waits: the console that <see cref="Home"/> sees.</summary>
    public OutputWait Console => _console ??= new OutputWait(_context.Output, this, Home, CancellationToken.None);

    /// <summary>The operating system's number of the process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>How many processors it sees, if it was started to see fewer, or more, than there are: it is of no use to anybody else then.</summary>
    public int? Processors { get; init; }

    /// <summary>What it may take; null if nobody has set a limit.</summary>
    public WorkerLimits? Limits { get; private set; }

    /// <summary>Whether it was taken from what somebody had asked for, and would be one of those again if it were not used.</summary>
    public bool WasAskedFor { get; set; }

    /// <summary>Ends when it has said that it takes calls, or has ended. Never fails.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Whether it has said that it takes calls.</summary>
    public bool IsReady => _isReady;

    /// <summary>Ends when there is no process any more and what it has printed has been passed on, as far as no call attends that does it. Never fails.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Whether the process has ended. What it has said before can still be received.</summary>
    public bool HasClosed => _hasClosed;

    /// <summary>How the process has ended, once it has.</summary>
    public WorkerExit Exit { get; private set; }

    /// <summary>What went wrong in this process, for which the worker was given up; null for nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The end of what it has written to its error output.</summary>
    public string LastErrorLines => _output.LastErrorLines;

    /// <summary>Whether somebody has taken it.</summary>
    public bool IsTaken => Volatile.Read(ref _user) is not null;

    /// <summary>Whether nobody wants to read what it has still to say.</summary>
    public bool IsSilenced => _isSilenced;

    /// <summary>Whether somebody in this process wanted its end.</summary>
    public bool IsKilled => _isKilled;

    /// <summary>Whether nobody wants another one in its place before there is something to do.</summary>
    public bool IsDismissed => _isDismissed;

    /// <summary>Sends to it and receives from it. For the attendant.</summary>
    public WorkerChannel Channel { get; }

    /// <summary>What the worker is working on, which can be read even when it has died.</summary>
    public ConnectionMemory Memory => _memory;

    /// <summary>Sends what every worker is told first, and begins to listen.</summary>
    public void Begin(WorkerStartInfo info)
    {
        PayloadWriter payload = new();
        info.Write(payload);
        Channel.Post(FrameKind.StartInfo, payload.Written.Span, []);
        Thread listener = new(Listen, maxStackSize: 1024 * 1024) { IsBackground = true, Name = $"Worker {_process.Id}" };
        listener.UnsafeStart();
    }

    /// <summary>Takes it from where it waits.</summary>
    /// <param name="user">Who takes it.</param>
    /// <param name="name">Its name from now on.</param>
    /// <param name="workers">How many workers the user has.</param>
    public void Take(IConnectionUser user, string name, int workers)
    {
        lock (_attending)
        {
            Name = name;
            Home = ExecutionContext.Capture();
            _console = null;
            Volatile.Write(ref _memory.State.Parent.Workers, workers);
            PayloadWriter payload = new();
            new WorkerIdentity(name, Environment.ProcessId, _context.Identity?.Name).Write(payload);
            Channel.Post(FrameKind.Identity, payload.Written.Span, []);
            _user = user;
            if (_isReady)
            {
                user.OnReady();
            }

            if (_hasClosed)
            {
                user.OnClosed();
            }
        }
    }

    /// <summary>Gives it back, unused.</summary>
    public void GiveBack()
    {
        lock (_attending)
        {
            _user = null;
            Function = null;
            Home = null;
            _console = null;
        }
    }

    /// <summary>Begins to attend: from now on the calling thread sends and receives, and the worker rings that event.</summary>
    public void Attend(int waker)
    {
        lock (_attending)
        {
            _isAttended = true;
            Volatile.Write(ref _memory.State.Parent.Attendant, waker);
        }
    }

    /// <summary>Ends the attendance.</summary>
    public void Leave()
    {
        lock (_attending)
        {
            _isAttended = false;

            // From now on the worker rings by its line. What it had published before it saw that is taken here: the store comes before the look, and there the other way round.
            Volatile.Write(ref _memory.State.Parent.Attendant, 0);
            Interlocked.MemoryBarrier();
            TakeAll();
            if (_hasClosed)
            {
                // No timer of theirs runs any more.
                _output.Flush();
                ForgetSegments();
            }
        }

        _output.Write();
    }

    /// <summary>Sends frames outside any attendance: all of them, or as much as there is room for now and the rest when the worker has made room.</summary>
    public void Send(Action<WorkerChannel> post)
    {
        lock (_attending)
        {
            post(Channel);
            Channel.Push();
        }
    }

    /// <summary>Sends frames unless somebody is sending or receiving just now.</summary>
    /// <returns>Whether they were sent.</returns>
    public bool TrySend(Action<WorkerChannel> post)
    {
        if (!_attending.TryEnter())
        {
            return false;
        }

        try
        {
            if (_isAttended)
            {
                return false;
            }

            post(Channel);
            Channel.Push();
            return true;
        }
        finally
        {
            _attending.Exit();
        }
    }

    /// <summary>Tells it that a call is cancelled: its function has a token that says so. Nothing happens if the call has ended.</summary>
    /// <param name="call">The number of the call.</param>
    public void Cancel(int call)
    {
        PayloadWriter payload = new();
        payload.WriteInt32(call);
        lock (_attending)
        {
            Tell(FrameKind.Cancel, payload.Written.Span);
        }
    }

    /// <summary>Waits until everything has gone that was sent, or the process has ended. What comes meanwhile goes to the <see cref="IConnectionUser"/>.</summary>
    public void AwaitSent()
    {
        // Wakes this thread, which takes turns with the connection's own: whichever takes the answer, or sees the end, does so under the lock.
        using CallEvent wakeup = new(_context.Events);
        Volatile.Write(ref _memory.State.Parent.Attendant, wakeup.Slot);
        try
        {
            while (true)
            {
                int seen = wakeup.PrepareWait();
                bool moved;
                lock (_attending)
                {
                    moved = TakeAll();
                    if (Channel.IsEmpty || _hasClosed)
                    {
                        return;
                    }
                }

                _output.Write();
                if (!moved)
                {
                    wakeup.Wait(seen, Slice);
                }
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Takes the next frame that is for the attendant, without waiting. Text, and what else is the connection's own affair, is dealt with.</summary>
    public bool TryReceive(out Frame frame)
    {
        while (TryReceiveAny(out frame))
        {
            switch (frame.Kind)
            {
                case FrameKind.Output:
                case FrameKind.ErrorOutput:
                    _output.Add(frame);
                    break;
                case FrameKind.Ready:
                    // It has mapped the memory: from now on nobody needs the file, and none can be left.
                    _memory.Dispose();
                    _isReady = true;
                    _ready.TrySetResult();
                    _user?.OnReady();
                    break;
                case FrameKind.LibraryWanted:
                    AnswerRequest(frame);
                    break;
                case FrameKind.Ending:
                    // Threads of the function may keep the process for as long as they like. Its own end may not.
                    _impatience.Change(EndingLimit, Timeout.InfiniteTimeSpan);
                    break;
                default:
                    PassOn();
                    return true;
            }
        }

        PassOn();
        return false;
    }

    /// <summary>Passes on text; the attendant writes it, too. Others hold a lock, and write it later.</summary>
    private void PassOn()
    {
        _output.PassOn();
        if (_isAttended)
        {
            _output.Write();
        }
    }

    /// <summary>Passes on a line that a function has begun to print, and not finished.</summary>
    public void FlushOutput() => _output.Flush();

    /// <summary>Passes on what the worker has printed before now, by whichever way. For <see cref="IConnectionUser.Receive"/>.</summary>
    /// <returns>Whether that is sure to be all; if not, all of it is there only when the process has ended.</returns>
    public bool TryTakeOutput() => _output.TryTakeArrived();

    /// <summary>Ends the process at once; and what its function has started, if that has not ended.</summary>
    /// <param name="silently">Whether nobody wants to read what it has still to say: the cell has been stopped, for instance.</param>
    public void Kill(bool silently = false)
    {
        if (!_isKilled && !_hasClosed)
        {
            Telemetry.WorkerKilled(ProcessId, Name);
        }

        _isKilled = true;
        Kill(silently, _user?.IsAtWork ?? true);
    }

    /// <summary>Asks the process to end, as a program is asked to. Nothing happens if it has ended.</summary>
    public void Terminate()
    {
        lock (_attending)
        {
            Tell(FrameKind.Terminate, []);
        }
    }

    /// <summary>Has the system limit what the process may take from now on. It is of no use to anybody else then.</summary>
    /// <exception cref="PlatformNotSupportedException">The system has no such limits.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refuses.</exception>
    public void Limit(WorkerLimits limits)
    {
        Limits = limits;
        if (limits.AreOfTheSystem)
        {
            _process.Limit(limits);
        }
    }

    /// <summary>Takes note that its last function has ended: what that has started, and left running, is not this process's affair any more.</summary>
    public void ReleaseChildren() => _process.ReleaseChildren();

    /// <summary>Ends the process at once, for good, and without another word.</summary>
    public void Dismiss()
    {
        _isDismissed = true;
        Kill(silently: true);
    }

    private void Kill(bool silently, bool withChildren)
    {
        _isSilenced |= silently;
        try
        {
            _process.Kill(withChildren);
        }
#pragma warning disable CA1031 // This is called by timers and by threads of ours. A process that cannot be ended is no reason to end this one.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>Waits until the worker rings, and takes what it says unless a call attends to it; and at last sees to its end. The root of a thread.</summary>
    private void Listen()
    {
        GiveUpOnError(() =>
        {
            while (_output.AwaitRing())
            {
                Volatile.Write(ref _memory.State.Common.IsRung, 0);
                Interlocked.MemoryBarrier();
                lock (_attending)
                {
                    TakeAll();
                }

                _output.Write();
            }
        });
        GiveUpOnError(AwaitEnd);
        lock (_attending)
        {
            _hasClosed = true;
            GiveUpOnError(() => TakeAll());
            _memory.Dispose();
            if (!_isAttended)
            {
                ForgetSegments();
            }

            GiveUpOnError(() => _user?.OnClosed());
        }

        GiveUpOnError(_output.Write);
        GiveUpOnError(() => _context.Telemetry.WorkerEnded(ProcessId, Name, Exit.Code));
        _ready.TrySetResult();
        _closed.SetResult();
    }

    /// <summary>Whatever goes wrong in the thread that listens, the worker is given up, whoever waits is told, and this process lives on.</summary>
    private void GiveUpOnError(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // See the summary.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failure ??= e;
            Kill(silently: false, withChildren: true);
        }
    }

    /// <summary>The line has ended: the process has, or is about to.</summary>
    private void AwaitEnd()
    {
        bool isAtWork;
        lock (_attending)
        {
            TakeAll();
            isAtWork = _user?.IsAtWork ?? true;
        }

        if (isAtWork)
        {
            // What it has started ends with it. As long as nobody has waited for it, its number is no other process's.
            Kill(silently: false, withChildren: true);
        }

        _impatience.Change(EndingLimit, Timeout.InfiniteTimeSpan);
        Exit = _process.WaitForExit();
        _impatience.Change(Timeout.Infinite, Timeout.Infinite);
        _output.Drain(DrainLimit);
        _output.Dispose();
        _process.Close();
    }

    /// <summary>Sends and takes what there is, if no call attends.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool TakeAll()
    {
        if (_isAttended)
        {
            return false;
        }

        bool moved = Channel.Push();
        while (TryReceive(out Frame frame))
        {
            moved = true;
            _user?.Receive(frame);
        }

        return moved;
    }

    private bool TryReceiveAny(out Frame frame)
    {
        frame = default;
        if (_isBroken)
        {
            return false;
        }

        try
        {
            return Channel.TryReceive(out frame);
        }
        catch (Exception e) when (e is InvalidDataException or OutOfMemoryException)
        {
            _isBroken = true;
            Kill(silently: false, withChildren: true);
            return false;
        }
    }

    /// <summary>Finds a library for the worker, in the context of what started it: the way there may lead through code that prints.</summary>
    private void AnswerRequest(in Frame request)
    {
        LibraryRequest wanted = LibraryRequest.Read(new PayloadReader(request.Payload));
        LibraryAnswer? answer = null;
        void Find(object? _) => answer = new LibrarySearch(_context.Loaded, _context.Notebook).Answer(wanted);
        if (Home is null)
        {
            Find(null);
        }
        else
        {
            ExecutionContext.Run(Home, Find, null);
        }

        PayloadWriter payload = new();
        answer!.Write(payload);
        Tell(FrameKind.Library, payload.Written.Span);
    }

    /// <summary>Sends a frame by the line, for what the worker must read while its function runs. For the attendant, or whoever holds the lock.</summary>
    private void Tell(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[FrameHeader.Size + payload.Length];
        FrameHeader.Write(frame, kind, payload.Length, attached: 0);
        payload.CopyTo(frame.AsSpan(FrameHeader.Size));
        try
        {
            // A large one takes several writes, and another thread's must not come between them.
            lock (_writing)
            {
                _process.Line.Write(frame);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended meanwhile.
        }
    }

    /// <summary>It has ended, and nobody has anything to receive any more: the shared objects of its results have been taken over, and the rest of what it made goes with it.</summary>
    private void ForgetSegments()
    {
        _context.Memory.Folder.RemoveWorker(_process.Id);
        _context.Memory.Named.SweepAfterWorker();
    }
}
