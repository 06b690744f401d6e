using Multiprocessing.Workers.Launching.Windows;

namespace Multiprocessing.Workers.Serving;

/// <summary>The console of a worker on Windows: its own, which nobody sees.</summary>
internal static class WorkerConsole
{
    /// <summary>
    /// What is written for a console without going there, as the runtime's report on a crash and the output of many a program that a function starts, is encoded as the console would have it: in a code page that may have no
    /// Korean. From now on it is UTF-8, which the parent reads.
    /// </summary>
    public static void SpeakUtf8()
    {
        _ = Kernel32.SetConsoleOutputCodePage(Kernel32.Utf8);
        _ = Kernel32.SetConsoleInputCodePage(Kernel32.Utf8);
    }
}
