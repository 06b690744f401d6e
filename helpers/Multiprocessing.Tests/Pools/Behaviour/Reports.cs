namespace Multiprocessing.Tests.Pools.Behaviour;

/// <summary>Keeps what is reported, at once and in order, as <see cref="Progress{T}"/> does not.</summary>
internal sealed class Reports : IProgress<int>
{
    private readonly List<int> _values = [];

    public int[] Values
    {
        get
        {
            lock (_values)
            {
                return [.. _values];
            }
        }
    }

    public void Report(int value)
    {
        lock (_values)
        {
            _values.Add(value);
        }
    }
}
