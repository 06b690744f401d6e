using System.Globalization;

namespace Multiprocessing.Timings.Timelines;

/// <summary>What lanes are called: by the names that somebody gave to threads and processes, or counted. No two are called the same.</summary>
internal sealed class LaneNames
{
    private readonly ILookup<int, ThreadLane> _ofProcess;

    // The process's own threads and the worker processes, each of which its first thread stands for; and the threads of each process.
    private readonly Dictionary<ThreadLane, string> _places;
    private readonly Dictionary<ThreadLane, string> _threads = [];

    /// <param name="lanes">In the order in which they began.</param>
    public LaneNames(IReadOnlyCollection<ThreadLane> lanes)
    {
        _ofProcess = lanes.ToLookup(lane => lane.ProcessId);
        foreach (IGrouping<int, ThreadLane> process in _ofProcess)
        {
            foreach ((ThreadLane lane, string name) in Distinguish(process.Select((lane, index) => (lane, lane.ThreadName, Count("스레드", index)))))
                _threads.Add(lane, name);
        }

        _places = Distinguish(
        [
            .. _ofProcess[Environment.ProcessId].Select((lane, index) => (lane, lane.ThreadName, Count("스레드", index))),
            .. _ofProcess.Where(process => process.Key != Environment.ProcessId)
                .Select((process, index) => (process.First(), process.First().ProcessName, Count("프로세스", index))),
        ]);
    }

    public string this[ThreadLane lane]
    {
        get
        {
            ThreadLane[] siblings = [.. _ofProcess[lane.ProcessId]];
            return lane.ProcessId == Environment.ProcessId || siblings.Length == 1
                ? _places[lane]
                : $"{_places[siblings[0]]} · {_threads[lane]}";
        }
    }

    // A name that is not the only one of its kind has its number beside it: 제곱 · 스레드 1, 제곱 · 프로세스 1.
    private static Dictionary<ThreadLane, string> Distinguish(IEnumerable<(ThreadLane Lane, string? Given, string Counted)> places)
    {
        (ThreadLane Lane, string? Given, string Counted)[] all = [.. places];
        var uses = all.CountBy(place => place.Given ?? place.Counted).ToDictionary();
        return all.ToDictionary(
            place => place.Lane,
            place => place.Given is not { } given ? place.Counted : uses[given] == 1 ? given : $"{given} · {place.Counted}");
    }

    private static string Count(string kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind} {index + 1}");
}
