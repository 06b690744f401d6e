using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings.Progress;

/// <summary>Shows a bar on one line of the terminal, on its error output: what a program prints may go into a file. Without a terminal it shows nothing.</summary>
internal sealed class TerminalDisplay : IProgressDisplay
{
    private const int Cells = 30;

    public void Show(ProgressBar bar)
    {
        if (Console.IsErrorRedirected)
            return;
        int full = (int)(bar.Fraction * Cells);
        string line = $"\r{new string('█', full)}{new string('░', Cells - full)} {ChartText.Clean(bar.ToString())}";
        Console.Error.Write(bar.Done == bar.Total ? line + Environment.NewLine : line);
    }
}
