using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Multiprocessing.Shipping;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Transport.Rings;
using Multiprocessing.Transport.Segments;
using Multiprocessing.Workers;

namespace Multiprocessing.Pools;

/// <content>What it is given: functions, batches, and what those need.</content>
internal sealed partial class PoolWorker
{
    private readonly HashSet<Assembly> _assemblies = [];
    private SurroundingsSnapshot _surroundings = SurroundingsSnapshot.Take();
    private readonly HashSet<int> _calls = [];
    private readonly Dictionary<int, List<Holding>> _holdings = [];
    private readonly ConcurrentQueue<int> _endedCalls = new();
    private readonly PayloadWriter _payload = new();

    /// <summary>Gives it what a call needs before a batch, as far as it does not have that.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="function">The function.</param>
    /// <param name="surroundings">The surroundings of the call.</param>
    public void Prepare(int call, Shipment function, SurroundingsSnapshot surroundings)
    {
        ForgetEnded();
        if (!_calls.Add(call))
        {
            return;
        }

        SendSurroundings(surroundings);
        Hold(call, function);
        SendAssemblies(function.Assemblies);
        _payload.Clear();
        _payload.WriteInt32(call);
        _payload.WriteBytes(function.Payload.Span);
        _outbox.Post(RingFrameKind.Function, _payload.Written.Span, function.Attachments);
    }

    /// <summary>Lets it begin with the call without inputs that it was given: what it takes to do so it could get ready meanwhile.</summary>
    public void Begin()
    {
        _outbox.Post(RingFrameKind.Begin, [], []);
        _link.WorkerBell.Ring();
    }

    /// <summary>Notes that a call has ended, so that its function, and all that it holds, need not be kept. Thread-safe.</summary>
    public void NoteEnd(int call) => _endedCalls.Enqueue(call);

    /// <summary>Has it forget what was noted.</summary>
    public void ForgetEnded()
    {
        while (_endedCalls.TryDequeue(out int call))
        {
            if (_holdings.Remove(call, out List<Holding>? holdings))
            {
                holdings.ForEach(static holding => holding.End(failed: false));
            }

            if (_calls.Remove(call))
            {
                _payload.Clear();
                _payload.WriteInt32(call);
                _outbox.Post(RingFrameKind.Forget, _payload.Written.Span, []);
                _link.WorkerBell.Ring();
            }
        }
    }

    /// <summary>Gives it a batch.</summary>
    /// <param name="kind">How it is to be run.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="payload">What goes.</param>
    /// <param name="shipment">The assemblies that it takes to read that, and the large arrays that go with it.</param>
    public void Give(RingFrameKind kind, Batch batch, ReadOnlySpan<byte> payload, Shipment shipment)
    {
        Hold(batch.Call, shipment);
        SendAssemblies(shipment.Assemblies);
        if (_batches.Count == 0)
        {
            _lastMove = Stopwatch.GetTimestamp();
        }

        batch.Place = _given;
        _batches.Enqueue(batch);
        _given += kind == RingFrameKind.Tasks ? batch.Count : 0;
        TasksLeft -= batch.Count;
        _outbox.Post(kind, payload, shipment.Attachments);
        _link.WorkerBell.Ring();
    }

    /// <summary>Sends as much as there is room for of what is to go.</summary>
    /// <returns>Whether anything went.</returns>
    public bool Push()
    {
        bool moved = !_outbox.IsEmpty && _outbox.Push();
        if (moved)
        {
            _link.WorkerBell.Ring();
        }

        return moved;
    }

    /// <summary>Tells it what has changed in the surroundings since it was last told.</summary>
    public void SendSurroundings(SurroundingsSnapshot now)
    {
        if (now != _surroundings)
        {
            PayloadWriter payload = new();
            Surroundings.Since(_surroundings.Environment, now.Environment).Write(payload);
            _outbox.Post(RingFrameKind.Surroundings, payload.Written.Span, []);
            _surroundings = now;
        }
    }

    /// <summary>Shared objects that want to know who has them are told.</summary>
    private void Hold(int call, Shipment shipment)
    {
        if (shipment.Shared.Count > 0 && Holding.Begin(shipment.Shared, ProcessId) is { } holding)
        {
            if (!_holdings.TryGetValue(call, out List<Holding>? holdings))
            {
                _holdings.Add(call, holdings = []);
            }

            holdings.Add(holding);
        }
    }

    private void SendAssemblies(IReadOnlyCollection<Assembly> assemblies)
    {
        foreach (Assembly assembly in assemblies)
        {
            if (_assemblies.Add(assembly))
            {
                PayloadWriter payload = new();
                AssemblyFrame.Of(assembly).Write(payload);
                _outbox.Post(RingFrameKind.Assembly, payload.Written.Span, []);
            }
        }
    }
}
