namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Measures both sides, one after the other, so that what else the machine does meets both; each in a process of its own.</summary>
/// <param name="program">What measures.</param>
/// <param name="options">What that is called with.</param>
/// <param name="effort">How often each is repeated.</param>
/// <param name="peers">Who may be on the other side.</param>
internal sealed class Comparison(ProgramBuild program, IReadOnlyList<string> options, Effort effort, Peers peers)
{
    /// <summary>Enough for what a measurement has left behind - ending workers - to come to rest.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    /// <summary>Measures. What fails is said in the row, and stops nothing else.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<Row> MeasureAsync(Measurement measurement, CancellationToken cancellationToken)
    {
        Side theirs = measurement.Theirs is not { } figure ? new Side(null)
            : figure.Absent(peers) ?? await program.MeasureAsync(measurement.Name, [.. options, ProgramBuild.PeerOption], effort, TimeSpan.Zero, cancellationToken);
        await Task.Delay(Rest, cancellationToken);
        Side ours = await program.MeasureAsync(measurement.Name, options, effort, measurement.Preparation, cancellationToken);
        return new Row(measurement.Name, ours.Value, theirs.Value, measurement.Theirs?.Peer, measurement.Unit, measurement.Better)
        {
            Limit = measurement.Limit,
            Remarks = [.. Remark("ours", ours), .. Remark(measurement.Theirs?.Peer, theirs)],
            Failed = ours.Failed || theirs.Failed,
        };
    }

    private static string[] Remark(string? name, Side side) => side.Remark is null ? [] : [$"{name}{(side.Failed ? " FAILED" : "")}: {side.Remark}"];
}
