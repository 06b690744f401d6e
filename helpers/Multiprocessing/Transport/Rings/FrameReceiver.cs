namespace Multiprocessing.Transport.Rings;

/// <summary>The worker's way from its pool: receives frames, waiting for them. For one thread at a time.</summary>
internal sealed class FrameReceiver(WorkerLink link)
{
    /// <summary>A lost wake-up costs no more than this. That the pool has ended is seen by the watch over the parent.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    private readonly FrameInbox _inbox = new(link.RequestReader());

    public RingFrame Receive()
    {
        Patience patience = default;
        while (true)
        {
            if (_inbox.TryReceive(out RingFrame frame, out bool moved))
            {
                return frame;
            }

            if (moved)
            {
                patience.Reset();
            }
            else if (!patience.Spin())
            {
                int seen = link.WorkerBell.Listen();
                if (_inbox.TryReceive(out frame, out moved))
                {
                    return frame;
                }

                if (!moved)
                {
                    link.WorkerBell.Wait(seen, Slice);
                }
            }
        }
    }
}
