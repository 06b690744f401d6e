using System.Diagnostics;
using Multiprocessing.Connections;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Pools;

/// <content>What it is given: functions, batches, and what those need.</content>
internal sealed partial class PoolWorker
{
    private readonly List<int> _calls = [];

    /// <summary>What each call has of shared objects; locked by itself, since the end of the process is seen to by another thread.</summary>
    private readonly Dictionary<int, List<UseLease>> _leases = [];
    /// <summary>Locked by itself.</summary>
    private readonly List<int> _endedCalls = [];
    private readonly PayloadWriter _payload = new();

    /// <summary>Gives it what a call needs before a batch, as far as it does not have that.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="function">The function.</param>
    /// <param name="surroundings">The surroundings of the call.</param>
    public void Prepare(int call, Shipment function, EnvironmentSnapshot surroundings)
    {
        ForgetEnded();
        if (_calls.Contains(call))
        {
            return;
        }

        _connection.PostEnvironment(surroundings);
        _connection.PostAssemblies(function.Assemblies);
        Hold(call, function);
        _payload.Clear();
        _payload.WriteInt32(call);
        _payload.WriteBytes(function.Payload.Span);
        _connection.Post(FrameKind.Function, _payload.Written.Span, function.Attachments);
        _calls.Add(call);
    }

    /// <summary>Notes that a call has ended, so that its function, and all that it holds, need not be kept. Thread-safe.</summary>
    public void NoteEnd(int call)
    {
        // Of one that has outlasted its worker, that is seen to with the worker's end.
        if (!_hasEnded && !_isKilled)
        {
            lock (_endedCalls)
            {
                _endedCalls.Add(call);
            }
        }
    }

    /// <summary>Has it forget what was noted, unless a call attends to it, which then does. Thread-safe.</summary>
    public void TryForgetEnded()
    {
        _connection.TrySend(_ => ForgetEnded());
    }

    /// <summary>Has it forget what was noted.</summary>
    public void ForgetEnded()
    {
        int[] ended;
        lock (_endedCalls)
        {
            if (_endedCalls.Count == 0)
            {
                return;
            }

            ended = [.. _endedCalls];
            _endedCalls.Clear();
        }

        foreach (int call in ended)
        {
            List<UseLease>? leases;
            lock (_leases)
            {
                _leases.Remove(call, out leases);
            }

            leases?.ForEach(static lease => lease.End(failed: false));
            if (_calls.Remove(call))
            {
                _payload.Clear();
                _payload.WriteInt32(call);
                _connection.Post(FrameKind.Forget, _payload.Written.Span, []);
            }
        }
    }

    /// <summary>Gives it a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="payload">What goes.</param>
    /// <param name="shipment">The assemblies that it takes to read that, and the large arrays that go with it.</param>
    public void Give(Batch batch, ReadOnlySpan<byte> payload, Shipment shipment)
    {
        _connection.PostAssemblies(shipment.Assemblies);
        Hold(batch.Call, shipment);
        Take(batch);
        _given += batch.Count;
        _connection.Post(FrameKind.Tasks, payload, shipment.Attachments);
    }

    /// <summary>Gives it a function to run once.</summary>
    /// <param name="call">The function.</param>
    /// <param name="batch">The batch that stands for it.</param>
    /// <exception cref="NotShippableException">It needs an assembly whose code exists only in this process. It has not been given anything then.</exception>
    public void Give(Invocation call, Batch batch)
    {
        ForgetEnded();
        _connection.PostAssemblies(call.Shipment.Assemblies);
        Hold(batch.Call, call.Shipment);
        Function = call.Function;
        Take(batch);
        call.Post(_connection);
    }

    private void Take(Batch batch)
    {
        if (_batches.Count == 0)
        {
            _lastMove = Stopwatch.GetTimestamp();
        }

        batch.Place = _given;
        _batches.Enqueue(batch);
        TasksLeft -= batch.Count;
    }

    /// <summary>Shared objects that want to know who has them are told.</summary>
    private void Hold(int call, Shipment shipment)
    {
        if (shipment.Shared.Count > 0 && UseLease.Begin(shipment.Shared, ProcessId) is { } lease)
        {
            lock (_leases)
            {
                if (!_leases.TryGetValue(call, out List<UseLease>? leases))
                {
                    _leases.Add(call, leases = []);
                }

                leases.Add(lease);
            }
        }
    }
}
