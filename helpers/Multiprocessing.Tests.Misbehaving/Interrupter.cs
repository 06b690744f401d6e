using System.Runtime.InteropServices;

namespace Multiprocessing.Tests.Misbehaving;

/// <summary>What a program does in whose console somebody presses Ctrl-C (Windows).</summary>
internal static partial class Interrupter
{
    private const int CtrlC = 0;
    private const int AllOfTheConsole = 0;

    /// <summary>Only for a program with a console of its own.</summary>
    public static int Run()
    {
        using ManualResetEventSlim heard = new();
        using SharedValue<bool> isReady = new(), isHeardByWorker = new();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            heard.Set();
        };
        using WorkerProcess worker = new(() =>
        {
            Console.CancelKeyPress += (_, e) =>
            {
                e.Cancel = true;
                isHeardByWorker.Value = true;
            };
            isReady.Value = true;
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        SpinWait.SpinUntil(() => isReady.Value);
        if (GenerateConsoleControlEvent(CtrlC, AllOfTheConsole) == 0)
        {
            Console.WriteLine("there is no console");
            return 1;
        }

        heard.Wait();
        bool ends = worker.Join(TimeSpan.FromMilliseconds(500));
        Console.WriteLine($"parent True, worker {isHeardByWorker.Value}, ends {ends}");
        return 0;
    }

    [LibraryImport("kernel32", EntryPoint = "GenerateConsoleCtrlEvent")]
    private static partial int GenerateConsoleControlEvent(int kind, int group);
}
