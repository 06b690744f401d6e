using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Sharing;

/// <summary>How fast processes work on shared memory: array elements, a counter, a lock. All figures are millions a second, of all processes together.</summary>
internal static class SharedMemory
{
    private const string Script = "shared_memory.py";
    private const int Size = 1000;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("shared int array, element writes, one child", "M/s", Better.Higher, WriteElementsAsync) { Theirs = new PythonFigure(Script, "element_writes_raw"), Limit = 300 },
        new("shared int array, element writes under its lock, one child", "M/s", Better.Higher, WriteElementsLockedAsync) { Theirs = new PythonFigure(Script, "element_writes_locked") },
        new("shared counter, atomic add by 2 processes", "M/s", Better.Higher, AddAsync) { Theirs = new PythonFigure(Script, "counter_2"), Limit = 15 },
        new("process lock, uncontended", "M/s", Better.Higher, static effort => EnterAndExitAsync(effort, processes: 1)) { Theirs = new PythonFigure(Script, "lock_1"), Limit = 15 },
        new("process lock, contended by 2", "M/s", Better.Higher, static effort => EnterAndExitAsync(effort, processes: 2)) { Theirs = new PythonFigure(Script, "lock_2"), Limit = 5 },
    ];

    private static Task<double> WriteElementsAsync(Effort effort) => Sample.MedianAsync(effort, 1, async () =>
    {
        const int rounds = 100_000;
        using SharedArray<int> shared = new(Size);
        double figure = await Together.MeasureAsync(1, rounds * Size, () =>
        {
            for (int round = 0; round < rounds; round++)
            {
                for (int i = 0; i < shared.Length; i++)
                {
                    shared[i] = round;
                }
            }
        });
        Check.Equal(rounds - 1, shared[0]);
        Check.Equal(rounds - 1, shared[Size - 1]);
        return figure;
    });

    private static Task<double> WriteElementsLockedAsync(Effort effort) => Sample.MedianAsync(effort, 1, async () =>
    {
        const int rounds = 2_000;
        using SharedArray<int> shared = new(Size);
        double figure = await Together.MeasureAsync(1, rounds * Size, () =>
        {
            ProcessLock gate = shared.Lock;
            for (int round = 0; round < rounds; round++)
            {
                for (int i = 0; i < shared.Length; i++)
                {
                    using (gate.EnterScope())
                    {
                        shared[i] = round;
                    }
                }
            }
        });
        Check.Equal(rounds - 1, shared[0]);
        Check.Equal(rounds - 1, shared[Size - 1]);
        return figure;
    });

    private static Task<double> AddAsync(Effort effort) => Sample.MedianAsync(effort, 1, async () =>
    {
        const int processes = 2;
        const int times = 3_000_000;
        using SharedValue<int> count = new();
        double figure = await Together.MeasureAsync(processes, times, () =>
        {
            for (int i = 0; i < times; i++)
            {
                count.Add(1);
            }
        });
        Check.Equal(Together.Repetitions * processes * times, count.Value);
        return figure;
    });

    private static Task<double> EnterAndExitAsync(Effort effort, int processes) => Sample.MedianAsync(effort, 1, async () =>
    {
        const int times = 2_000_000;
        using ProcessLock gate = new();
        double figure = await Together.MeasureAsync(processes, times, () =>
        {
            for (int i = 0; i < times; i++)
            {
                gate.Enter();
                gate.Exit();
            }
        });
        using (gate.EnterScope())
        {
            return figure;
        }
    });
}
