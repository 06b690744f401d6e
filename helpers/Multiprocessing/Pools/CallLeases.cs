using Multiprocessing.Connections;
using Multiprocessing.Serialization;

namespace Multiprocessing.Pools;

/// <summary>What the calls of a worker have of shared objects that want to know who has them. Thread-safe: the end of a call, and of the process, is seen to by other threads than that which sends.</summary>
/// <param name="processId">The worker's number.</param>
internal sealed class CallLeases(int processId)
{
    private readonly Dictionary<int, List<UseLease>> _leases = [];
    private bool _haveEnded;

    /// <summary>Tells the shared objects of what is about to be sent.</summary>
    /// <param name="call">The number of the call that it is sent for.</param>
    /// <param name="shipment">What is sent.</param>
    public void Begin(int call, Shipment shipment)
    {
        if (shipment.Shared.Count == 0 || UseLease.Begin(shipment.Shared, processId) is not { } lease)
        {
            return;
        }

        lock (_leases)
        {
            if (!_haveEnded)
            {
                if (!_leases.TryGetValue(call, out List<UseLease>? leases))
                {
                    _leases.Add(call, leases = []);
                }

                leases.Add(lease);
                return;
            }
        }

        lease.End(failed: true);
    }

    /// <summary>Tells them that a call has ended.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="failed">Whether that ended otherwise than by returning.</param>
    public void End(int call, bool failed)
    {
        List<UseLease>? leases;
        lock (_leases)
        {
            _leases.Remove(call, out leases);
        }

        leases?.ForEach(lease => lease.End(failed));
    }

    /// <summary>Tells them that nothing is used any more: the process has ended, or has never been given anything.</summary>
    /// <param name="hasFailed">Whether a call, by its number, has not been done with.</param>
    public void EndAll(Func<int, bool> hasFailed)
    {
        List<(UseLease Lease, bool Failed)> ended = [];
        lock (_leases)
        {
            _haveEnded = true;
            foreach ((int call, List<UseLease> leases) in _leases)
            {
                bool failed = hasFailed(call);
                leases.ForEach(lease => ended.Add((lease, failed)));
            }

            _leases.Clear();
        }

        ended.ForEach(static ended => ended.Lease.End(ended.Failed));
    }
}
