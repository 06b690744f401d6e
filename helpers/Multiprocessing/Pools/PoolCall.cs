namespace Multiprocessing.Pools;

/// <summary>
/// Something that a pool's workers are to do: hands out batches and takes the replies. For the thread of its <see cref="CallLoop"/>, except for what says otherwise.
/// </summary>
/// <param name="id">The number of the call among those of its pool, above zero.</param>
internal abstract class PoolCall(int id)
{
    /// <summary>The number of the call among those of its pool, above zero.</summary>
    public int Id => id;

    /// <summary>Whether there is nothing more to wait for.</summary>
    public abstract bool IsFinished { get; }

    /// <summary>Whether there is a batch to hand out now.</summary>
    public abstract bool HasWork { get; }

    /// <summary>Hands a batch to a worker.</summary>
    /// <returns>False if the worker should not have one (more) now.</returns>
    public abstract bool Feed(PoolWorker worker);

    /// <summary>Tells whether a batch is one of this call's.</summary>
    public virtual bool Owns(PoolWorker worker, Batch batch) => batch.Call == Id;

    /// <summary>Takes a reply about a batch of this call.</summary>
    public abstract void Receive(PoolWorker worker, in Reply reply);

    /// <summary>Takes back from busy workers what another one could do.</summary>
    /// <param name="worker">A busy worker.</param>
    /// <returns>Whether there is work now.</returns>
    public virtual bool TakeBack(PoolWorker worker) => false;

    /// <summary>Decides what becomes of the batches of a worker that has died.</summary>
    public abstract void Lose(PoolWorker worker, Exception error);
}
