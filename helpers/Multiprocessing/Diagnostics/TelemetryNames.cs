namespace Multiprocessing.Diagnostics;

/// <summary>
/// What is seen of this library from outside, by name: a <see cref="System.Diagnostics.Metrics.Meter"/>, an <see cref="System.Diagnostics.ActivitySource"/> and an <see cref="System.Diagnostics.Tracing.EventSource"/>,
/// all of the name <c>Multiprocessing</c>. Names and units are chosen by OpenTelemetry's conventions.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Instrument</term><description>What it says, its unit, its attributes</description></listheader>
/// <item><term><c>multiprocessing.worker.count</c></term><description>Workers that live now, <c>{worker}</c>; <c>multiprocessing.worker.state</c>: <c>used</c> by a call or a pool, or <c>idle</c> in stock</description></item>
/// <item><term><c>multiprocessing.worker.starts</c></term><description>Workers that were started, <c>{worker}</c></description></item>
/// <item><term><c>multiprocessing.worker.ends</c></term><description>Workers that have ended, <c>{worker}</c>; <c>process.exit.code</c></description></item>
/// <item><term><c>multiprocessing.worker.replacements</c></term><description>Workers that were started in the place of one of their pool's that had ended, <c>{worker}</c></description></item>
/// <item><term><c>multiprocessing.worker.wait_time</c></term><description>How long calls have waited until they had a worker, <c>s</c>; <c>multiprocessing.operation</c></description></item>
/// <item><term><c>multiprocessing.call.starts</c></term><description>Calls that were made, <c>{call}</c>; <c>multiprocessing.operation</c>: <c>map</c>, <c>run</c> or <c>process</c></description></item>
/// <item><term><c>multiprocessing.call.failures</c></term><description>Calls that have ended otherwise than by returning, <c>{call}</c>; <c>multiprocessing.operation</c>, <c>error.type</c></description></item>
/// <item><term><c>multiprocessing.call.duration</c></term><description>How long calls took, <c>s</c>; <c>multiprocessing.operation</c>, and <c>error.type</c> of one that failed</description></item>
/// <item><term><c>multiprocessing.io</c></term><description>What went between this process and its workers, <c>By</c>; <c>network.io.direction</c>: <c>transmit</c> or <c>receive</c></description></item>
/// </list>
/// <para>
/// Each call is an activity of kind client, called as the operation: <c>multiprocessing.map</c>, <c>multiprocessing.run</c>, <c>multiprocessing.process</c>, with <c>code.function.name</c>. What a worker does of it is one of kind server,
/// <c>multiprocessing.work</c>, of which there is one for each batch of inputs; the caller's is its parent, over the border of the process, also where nobody in the worker listens.
/// </para>
/// </remarks>
internal static class TelemetryNames
{
    public const string Source = nameof(Multiprocessing);

    public const string WorkerCount = "multiprocessing.worker.count";
    public const string WorkerStarts = "multiprocessing.worker.starts";
    public const string WorkerEnds = "multiprocessing.worker.ends";
    public const string WorkerReplacements = "multiprocessing.worker.replacements";
    public const string WorkerWaitTime = "multiprocessing.worker.wait_time";
    public const string CallStarts = "multiprocessing.call.starts";
    public const string CallFailures = "multiprocessing.call.failures";
    public const string CallDuration = "multiprocessing.call.duration";
    public const string Io = "multiprocessing.io";

    public const string Workers = "{worker}";
    public const string Calls = "{call}";
    public const string Seconds = "s";
    public const string Bytes = "By";

    public const string Operation = "multiprocessing.operation";
    public const string WorkerState = "multiprocessing.worker.state";
    public const string WorkerName = "multiprocessing.worker.name";
    public const string ExitCode = "process.exit.code";
    public const string ErrorType = "error.type";
    public const string Direction = "network.io.direction";
    public const string Function = "code.function.name";

    public const string Map = "map";
    public const string Run = "run";
    public const string Process = "process";

    /// <summary>What a worker does of a call.</summary>
    public const string Work = "multiprocessing.work";

    /// <summary>The name of a call's activity.</summary>
    public static string ActivityOf(string operation) => operation switch
    {
        Map => "multiprocessing.map",
        Run => "multiprocessing.run",
        _ => "multiprocessing.process",
    };
}
