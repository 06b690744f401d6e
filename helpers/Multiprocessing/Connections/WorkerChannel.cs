using System.Reflection;
using Multiprocessing.Diagnostics;
using Multiprocessing.Hosting;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Connections;

/// <summary>
/// The parent's ends of the two rings of a connection, and what has been told through them. Never waits; only for attachments, which are on their way by then, it does. For one thread at a time: the attendant,
/// or whoever holds the connection's lock.
/// </summary>
internal sealed class WorkerChannel
{
    /// <summary>How often a spin may end with nothing before one sleeps.</summary>
    private const int MostFruitless = 20;

    private readonly ChildProcess _process;
    private readonly ConnectionMemory _memory;
    private readonly INotebookHost _notebook;
    private readonly Telemetry _telemetry;
    private readonly FrameOutbox _outbox;
    private readonly FrameInbox _inbox;
    private readonly SharedRingReader _replies;
    private readonly HashSet<Assembly> _assemblies = [];
    private EnvironmentSnapshot? _told;
    private IReadOnlyDictionary<string, string> _toldVariables;
    private SpinBudget _spinning;
    private int _fruitless;

    /// <param name="process">The worker's process.</param>
    /// <param name="memory">Where the rings are.</param>
    /// <param name="told">The surroundings that it was started in.</param>
    /// <param name="notebook">The notebook that this process runs.</param>
    /// <param name="telemetry">Is told how much goes to and fro.</param>
    public WorkerChannel(ChildProcess process, ConnectionMemory memory, EnvironmentSnapshot told, INotebookHost notebook, Telemetry telemetry)
    {
        _telemetry = telemetry;
        _process = process;
        _memory = memory;
        _notebook = notebook;
        _outbox = new FrameOutbox(memory.RequestWriter());
        _replies = memory.ReplyReader();
        _inbox = new FrameInbox(_replies, AwaitMore);
        _toldVariables = process.Environment;
        _told = process.IsInWorkingDirectory && told.Variables.Count == process.Environment.Count ? told : null;
    }

    /// <summary>Whether everything has gone.</summary>
    public bool IsEmpty => _outbox.IsEmpty;

    /// <summary>Sends a frame, or keeps it until there is room.</summary>
    /// <param name="kind">What it says.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="attachments">What goes with it. They must not change until they have gone.</param>
    public void Post(FrameKind kind, ReadOnlySpan<byte> payload, IReadOnlyList<Attachment> attachments)
    {
        PostAside(kind, payload, attachments);
        Ring();
    }

    /// <summary>Sends the assemblies that it does not have yet: all of them, or none if one cannot go.</summary>
    /// <exception cref="NotShippableException">The code of one exists only in this process.</exception>
    public void PostAssemblies(IReadOnlyCollection<Assembly> assemblies)
    {
        List<AssemblyFrame>? frames = null;
        foreach (Assembly assembly in assemblies)
        {
            if (!_assemblies.Contains(assembly))
            {
                (frames ??= []).Add(AssemblyFrame.Of(assembly, _notebook));
            }
        }

        if (frames is not null)
        {
            _assemblies.UnionWith(assemblies);
            foreach (AssemblyFrame frame in frames)
            {
                PayloadWriter payload = new();
                frame.Write(payload);
                PostAside(FrameKind.Assembly, payload.Written.Span, []);
            }
        }
    }

    /// <summary>Tells what has changed in the surroundings since it was last told.</summary>
    public void PostEnvironment(EnvironmentSnapshot now)
    {
        if (now != _told)
        {
            PayloadWriter payload = new();
            EnvironmentDelta.Since(_toldVariables, now).Write(payload);
            PostAside(FrameKind.Environment, payload.Written.Span, []);
            _told = now;
            _toldVariables = now.Variables;
        }
    }

    /// <summary>Sends as much as there is room for of what was kept.</summary>
    /// <returns>Whether anything went.</returns>
    public bool Push()
    {
        if (_outbox.IsEmpty)
        {
            return false;
        }

        // That this process waits is said before the last look at the room, and the worker does it the other way round.
        Volatile.Write(ref _memory.State.Parent.AwaitsRoom, 1);
        Interlocked.MemoryBarrier();
        bool moved = _outbox.Push();
        if (_outbox.IsEmpty)
        {
            Volatile.Write(ref _memory.State.Parent.AwaitsRoom, 0);
        }

        if (moved)
        {
            Ring();
        }

        return moved;
    }

    /// <summary>Takes the next frame, if it is there.</summary>
    /// <exception cref="InvalidDataException">What has come is no frame, and nothing after it is.</exception>
    public bool TryReceive(out Frame frame)
    {
        _fruitless = 0;
        bool received = _inbox.TryReceive(out frame, out bool moved);
        if (moved)
        {
            // It may wait for room.
            Ring();
        }

        if (received)
        {
            _telemetry.Moved(Telemetry.Received, FrameHeader.Size + frame.Payload.Length + (frame.Attachments?.Remaining ?? 0));
        }

        return received;
    }

    /// <summary>Sends a frame, without waking the worker.</summary>
    private void PostAside(FrameKind kind, ReadOnlySpan<byte> payload, IReadOnlyList<Attachment> attachments) =>
        _telemetry.Moved(Telemetry.Sent, FrameHeader.Size + payload.Length + _outbox.Post(kind, payload, attachments));

    private void Ring() => _memory.WorkerEvent.Set();

    /// <summary>In the middle of a large array: it is copied on the other side just now.</summary>
    private bool AwaitMore()
    {
        Ring();
        if (_spinning.Spin())
        {
            return true;
        }

        // It may be stopped, or wait for this very processor.
        Thread.Sleep(_replies.Available > 0 || _fruitless++ < MostFruitless ? 0 : 1);

        // Asked before the last look: nothing comes after its end.
        bool hasExited = _process.HasExited;
        _spinning = new SpinBudget(SpinBudget.Among(Volatile.Read(ref _memory.State.Parent.Workers)));
        return !hasExited || _replies.Available > 0;
    }
}
