namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Measures both sides, one after the other, so that what else the machine does meets both.</summary>
/// <param name="effort">How often each is repeated.</param>
/// <param name="peers">Who may be on the other side.</param>
internal sealed class Comparison(Effort effort, Peers peers)
{
    /// <summary>Enough for what a measurement has left behind - ending workers, a stock that fills - to come to rest.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    /// <summary>What a measurement has that is given up, to end what it has started.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly string _timeLimit = FormattableString.Invariant($"not done after {effort.Limit.TotalSeconds} s");

    /// <summary>Measures. What fails is said in the row, and stops nothing else.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<Row> MeasureAsync(Measurement measurement, CancellationToken cancellationToken)
    {
        Side theirs = await MeasureAsync(token => MeasureTheirsAsync(measurement, token), cancellationToken);
        await Task.Delay(Rest, cancellationToken);
        Side ours = await MeasureAsync(token => MeasureOursAsync(measurement, token, cancellationToken), cancellationToken);
        return new Row(measurement.Name, ours.Value, theirs.Value, measurement.Theirs?.Peer, measurement.Unit, measurement.Better)
        {
            Limit = measurement.Limit,
            Remarks = [.. Remark("ours", ours), .. Remark(measurement.Theirs?.Peer, theirs)],
            Failed = ours.Failed || theirs.Failed,
        };
    }

    private static string[] Remark(string? name, Side side) => side.Remark is null ? [] : [$"{name}{(side.Failed ? " FAILED" : "")}: {side.Remark}"];

    /// <param name="measure">Measures a side, until its token says that the time is up, or all is to end.</param>
    /// <param name="cancellationToken">All is to end.</param>
    private async Task<Side> MeasureAsync(Func<CancellationToken, Task<Side>> measure, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(effort.Limit);
        try
        {
            return await measure(limit.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C goes to the processes, too: one of them may have failed before it could be given up.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (TimeoutException)
        {
            return Side.Failure($"{_timeLimit}; it may still run, and spoil the figures that follow");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return Side.Failure(limit.IsCancellationRequested || e is OperationCanceledException ? _timeLimit : $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private async Task<Side> MeasureTheirsAsync(Measurement measurement, CancellationToken limit) =>
        measurement.Theirs is { } figure ? await figure.MeasureAsync(peers, measurement.Better, effort, limit) : new Side(null);

    // On a thread of its own: what blocks there must neither keep Ctrl-C or the limit from ending it, nor take a thread of the pool's from what is measured.
    private async Task<Side> MeasureOursAsync(Measurement measurement, CancellationToken limit, CancellationToken cancellationToken) => new(await Task.Factory
        .StartNew(() => measurement.Ours(effort, limit), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        .Unwrap()
        .WaitAsync(effort.Limit + Grace, cancellationToken));
}
