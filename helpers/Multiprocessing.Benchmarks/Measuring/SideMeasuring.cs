namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Measures one side of one row, in a process that was started for that alone.</summary>
/// <param name="effort">How often.</param>
/// <param name="peers">Who may be on the other side.</param>
internal sealed class SideMeasuring(Effort effort, Peers peers)
{
    /// <summary>Prints the side as a line of JSON, also if it failed.</summary>
    /// <param name="name">The row.</param>
    /// <param name="ofPeer">Whether it is the peer's side.</param>
    /// <param name="cancellationToken">Ends it, and every process that it has started.</param>
    /// <returns>The exit code: 0, also if it failed.</returns>
    /// <exception cref="InvalidOperationException">There is no such side.</exception>
    public async Task<int> RunAsync(string name, bool ofPeer, CancellationToken cancellationToken)
    {
        if (Measurements.All.FirstOrDefault(measurement => measurement.Name == name) is not { } measurement || (ofPeer && measurement.Theirs is null))
        {
            throw new InvalidOperationException($"nothing that is measured{(ofPeer ? " with a peer" : "")} has the name '{name}': --list prints the names");
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ParentWatch.Start(end);
        Console.WriteLine(ProgramBuild.ToLine(await MeasureAsync(measurement, ofPeer, end.Token)));
        return 0;
    }

    private async Task<Side> MeasureAsync(Measurement measurement, bool ofPeer, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(effort.Limit + (ofPeer ? TimeSpan.Zero : measurement.Preparation));
        try
        {
            return ofPeer
                ? await measurement.Theirs!.MeasureAsync(peers, measurement.Better, effort, limit.Token)
                : new Side(await measurement.Ours(effort, limit.Token));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C goes to the processes, too: one of them may have failed before it could be given up.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e)
        {
            return Side.Failure(limit.IsCancellationRequested || e is OperationCanceledException ? effort.TimeLimit : $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
