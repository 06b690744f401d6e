using Multiprocessing.Memory;

namespace Multiprocessing.Connections;

/// <summary>The worker's way from its parent: receives frames, waiting for them. For one thread at a time.</summary>
internal sealed class FrameReceiver
{
    /// <summary>A lost wake-up costs no more than this. That the parent has ended is seen by the watch over it.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    private readonly FrameInbox _inbox;
    private readonly SharedRingReader _ring;
    private readonly ConnectionMemory _memory;
    private readonly ParentLine _parent;
    private SpinBudget _spinning;

    /// <summary>In the middle of a frame the parent needs a processor to copy the rest.</summary>
    private SpinBudget _partialSpinning;

    public FrameReceiver(ConnectionMemory memory, ParentLine parent)
    {
        _memory = memory;
        _parent = parent;
        _ring = memory.RequestReader();
        _inbox = new FrameInbox(_ring, AwaitMore);
    }

    public Frame Receive()
    {
        BeginSpinning();
        while (true)
        {
            if (_inbox.TryReceive(out Frame frame, out bool moved))
            {
                return frame;
            }

            if (moved)
            {
                BeginSpinning();
            }

            AwaitMore();
        }
    }

    private bool AwaitMore()
    {
        if (_ring.Available > 0)
        {
            BeginSpinning();
            return true;
        }

        // The room must be seen before the look at whether the parent waits for it: it does that the other way round.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _memory.State.Parent.AwaitsRoom) != 0)
        {
            _parent.Wake();
        }

        if (_inbox.IsPartial ? !_partialSpinning.Spin() : !_spinning.Spin())
        {
            int seen = _memory.WorkerEvent.PrepareWait();
            if (_ring.Available == 0)
            {
                _memory.WorkerEvent.Wait(seen, Slice);
            }

            BeginSpinning();
        }

        return true;
    }

    private void BeginSpinning()
    {
        int workers = Volatile.Read(ref _memory.State.Parent.Workers);
        _spinning = new SpinBudget(SpinBudget.Among(workers));
        _partialSpinning = new SpinBudget(SpinBudget.Among(workers + 1));
    }
}
