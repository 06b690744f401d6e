namespace Multiprocessing.Pools;

/// <summary>Puts each result in its input's place.</summary>
/// <typeparam name="TResult">The type of the results.</typeparam>
internal sealed class ArraySink<TResult>(int count) : ResultSink<TResult>
{
    public TResult[] Results { get; } = new TResult[count];

    public override void Accept(long first, int inputs, TResult[] results) => results.CopyTo(Results, first);
}
