using Multiprocessing.Memory;

namespace Multiprocessing.Benchmarks.Rings;

/// <summary>Waits for the other side of a ring as a connection does: looks again for a while, then sleeps.</summary>
internal static class RingWait
{
    /// <summary>Returns when there is something.</summary>
    /// <param name="has">Tells whether there is.</param>
    /// <param name="changed">What the other side sets.</param>
    /// <param name="other">The other side, if it can end before this one.</param>
    /// <exception cref="InvalidOperationException">The other side has ended.</exception>
    public static void Until(Func<bool> has, SharedEvent changed, Task? other = null)
    {
        SpinBudget spinning = new(SpinBudget.Among(2));
        while (!has())
        {
            if (spinning.Spin())
            {
                continue;
            }

            int ticket = changed.PrepareWait();
            if (!has())
            {
                changed.Wait(ticket, WaitDeadline.Slice);
            }

            if (other is { IsCompleted: true } && !has())
            {
                throw new InvalidOperationException("the other side of the ring has ended");
            }

            spinning = new SpinBudget(SpinBudget.Among(2));
        }
    }
}
