using System.Diagnostics;
using System.Text.RegularExpressions;
using Multiprocessing.Tests.Memory;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests;

/// <summary>
/// What this process holds at a moment, and how many of each: worker processes (none in stock), open descriptors, threads and files of shared memory. Nothing is
/// collected before it is counted: what goes only when the collector comes is held. For tests that run alone.
/// </summary>
internal sealed partial class Footprint
{
    private readonly WorkerHost _host;
    private readonly Dictionary<string, int> _held;

    private Footprint(WorkerHost host)
    {
        // Which of its workers are in stock just now is chance.
        _host = host;
        _host.Stock.Clear();
        WorkerHost.Default.Stock.Clear();
        _held = Processes().Concat(Descriptors.Targets().Where(IsCounted).Select(static target => $"descriptor of {target}")).Concat(Threads()).Concat(Segments())
            .CountBy(static held => Numbers().Replace(held, "#"))
            .ToDictionary();
    }

    /// <summary>Takes the footprint once it is the same for a moment.</summary>
    public static async Task<Footprint> TakeAsync(WorkerHost host)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Footprint now = new(host);
        Footprint last;
        do
        {
            await Task.Delay(200);
            (last, now) = (now, new Footprint(host));
        }
        while (watch.Elapsed < TimeSpan.FromSeconds(20) && (now.Beyond(last).Length > 0 || last.Beyond(now).Length > 0));

        return now;
    }

    /// <summary>Fails if more is held than by then. What ends by itself, as threads and processes do, has a moment to do so.</summary>
    public async Task AssertNothingHasComeAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        string[] come;
        while ((come = new Footprint(_host).Beyond(this)).Length > 0)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"Left: {string.Join("; ", come)}");
            await Task.Delay(20);
        }
    }

    private string[] Beyond(Footprint other) =>
        [.. _held.Select(held => (held.Key, Count: held.Value - other._held.GetValueOrDefault(held.Key)))
            .Where(static held => held.Count > 0)
            .Select(static held => $"{held.Count} x {held.Key}")];

    private static IEnumerable<string> Processes() => Workers.Processes.Descendants(Environment.ProcessId).Select(static id => $"process '{Workers.Processes.CommandOf(id)}'");

    // Code is loaded as it is needed. On Windows the runtime has events for its own threads, among others, and opens keys of the registry as it needs them, too.
    private static bool IsCounted(string target) => !target.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && target is not ("Event" or "Thread" or "Key");

    // Without those of the runtime, which come and go as it likes.
    private static IEnumerable<string> Threads() =>
        ThreadNames.OfThisProcess()
            .Where(static name => name.Length > 0 && (!name.StartsWith(".NET ", StringComparison.Ordinal) || name.StartsWith(".NET Long", StringComparison.Ordinal)))
            .Select(static name => $"thread '{name}'");

    private static IEnumerable<string> Segments() => SegmentFiles.OfThisProgram().Select(static file => $"file {file}");

    // Of processes, sockets and pipes, and the names of segments.
    [GeneratedRegex("[0-9a-f]*[0-9][0-9a-f]*")]
    private static partial Regex Numbers();
}
