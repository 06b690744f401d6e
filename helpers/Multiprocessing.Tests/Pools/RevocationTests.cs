using Multiprocessing.Connections;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>What a pool takes back from a worker that is just about to begin with it.</summary>
public class RevocationTests
{
    private const int Batch = 16;
    private const int Count = Batch * 20_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_input_is_the_worker_s_or_the_pool_s_and_never_both(bool fencedByThePool)
    {
        using ConnectionMemory memory = new(WorkerHost.Default.Memory);
        if (fencedByThePool)
        {
            memory.Register();
        }

        int[] runs = new int[Count];
        long given = 0;
        int taken = 0;
        Thread worker = new(() => Serve(memory, ref given, runs));
        worker.Start();
        Random random = new(3);
        while (given < Count)
        {
            Volatile.Write(ref given, Math.Min(given + (random.Next(1, 4) * Batch), Count));
            Thread.SpinWait(random.Next(200));
            if (!memory.IsUnlimited)
            {
                continue;
            }

            for (long place = memory.Revoke(static begun => begun, given); place < given; place++)
            {
                Interlocked.Increment(ref runs[place]);
                taken++;
            }
        }

        worker.Join();
        Assert.All(runs, static times => Assert.Equal(1, times));
        Assert.InRange(taken, 1, Count - 1);
    }

    private static void Serve(ConnectionMemory memory, ref long given, int[] runs)
    {
        for (long place = 0; place < Count;)
        {
            SpinWait patience = default;
            while (place >= Volatile.Read(ref given))
            {
                patience.SpinOnce();
            }

            if (memory.TryMoveTo(place, WorkerStep.Running))
            {
                Interlocked.Increment(ref runs[place++]);
            }
            else
            {
                // What follows in the same batch was taken back with it.
                place += Batch - (place % Batch);
            }
        }
    }
}
