namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Measures both sides, one after the other, so that what else the machine does meets both.</summary>
/// <param name="effort">How often each is repeated.</param>
/// <param name="python">Python's side; null to measure ours alone.</param>
internal sealed class Comparison(Effort effort, PythonPeer? python)
{
    /// <summary>Enough for what a measurement has left behind - ending workers, a stock that fills - to come to rest.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly string _timeLimit = FormattableString.Invariant($"not done after {effort.Limit.TotalSeconds} s");

    /// <summary>Measures. What fails is said in the row, and stops nothing else.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<Row> MeasureAsync(Measurement measurement, CancellationToken cancellationToken)
    {
        Side theirs = await MeasurePythonAsync(measurement, cancellationToken);
        await Task.Delay(Rest, cancellationToken);
        Side ours = await MeasureOursAsync(measurement, cancellationToken);
        return new Row(measurement.Name, ours.Value, theirs.Value, measurement.Unit, measurement.Better)
        {
            Limit = measurement.Limit,
            Remarks = [.. Remark("ours", ours), .. Remark("Python", theirs)],
            Failed = ours.Failed || theirs.Failed,
        };
    }

    private static string[] Remark(string name, Side side) => side.Remark is null ? [] : [$"{name}{(side.Failed ? " FAILED" : "")}: {side.Remark}"];

    private async Task<Side> MeasurePythonAsync(Measurement measurement, CancellationToken cancellationToken)
    {
        if (python is null || measurement.Python is not { } figure)
        {
            return new Side(null);
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(effort.Limit);
        try
        {
            return await python.MeasureAsync(figure, measurement.Better, effort, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Side.Failure(_timeLimit);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            return Side.Failure(e.Message);
        }
    }

    private async Task<Side> MeasureOursAsync(Measurement measurement, CancellationToken cancellationToken)
    {
        try
        {
            // On a thread of its own: what blocks there must neither keep Ctrl-C or the limit from ending it, nor take a thread of the pool's from what is measured.
            return new Side(await Task.Factory
                .StartNew(() => measurement.Ours(effort), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .Unwrap()
                .WaitAsync(effort.Limit, cancellationToken));
        }
        catch (TimeoutException)
        {
            return Side.Failure($"{_timeLimit}; it may still run, and spoil the figures that follow");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return Side.Failure($"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
