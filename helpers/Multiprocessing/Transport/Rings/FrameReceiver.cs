namespace Multiprocessing.Transport.Rings;

/// <summary>The worker's way from its pool: receives frames, waiting for them. For one thread at a time.</summary>
internal sealed class FrameReceiver
{
    /// <summary>A lost wake-up costs no more than this. That the pool has ended is seen by the watch over the parent.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    private readonly FrameInbox _inbox;
    private readonly RingReader _ring;
    private readonly WorkerLink _link;
    private readonly Bell _poolBell;
    private Patience _patience;

    /// <summary>In the middle of a frame the pool needs a processor to copy the rest.</summary>
    private Patience _partialPatience;

    public FrameReceiver(WorkerLink link, Bell poolBell)
    {
        _link = link;
        _poolBell = poolBell;
        _patience = new Patience(link.Workers);
        _partialPatience = new Patience(link.Workers + 1);
        _ring = link.RequestReader();
        _inbox = new FrameInbox(_ring, AwaitMore);
    }

    public RingFrame Receive()
    {
        while (true)
        {
            if (_inbox.TryReceive(out RingFrame frame, out bool moved))
            {
                _patience.Reset();
                return frame;
            }

            if (moved)
            {
                _patience.Reset();
            }

            AwaitMore();
        }
    }

    private bool AwaitMore()
    {
        if (_ring.Available > 0)
        {
            _patience.Reset();
            _partialPatience.Reset();
            return true;
        }

        if (_inbox.IsPartial)
        {
            // The pool may wait for room. Otherwise the reply wakes it.
            _poolBell.Ring();
        }

        if (_inbox.IsPartial ? !_partialPatience.Spin() : !_patience.Spin())
        {
            int seen = _link.WorkerBell.Listen();
            if (_ring.Available == 0)
            {
                _link.WorkerBell.Wait(seen, Slice);
            }

            _patience.Reset();
            _partialPatience.Reset();
        }

        return true;
    }
}
