using System.Globalization;
using System.Xml.Linq;
using Multiprocessing.Notebooks.Display;
using Multiprocessing.Timings.Charts;
using Multiprocessing.Timings.Progress;
using static Multiprocessing.Timings.Charts.ChartStyle;

namespace Multiprocessing.Timings;

/// <summary>
/// A bar that grows as the inputs of a pool's call are done: <c>pool.Map(F, array, progress: new ProgressBar("제곱", array.Length))</c>. In a notebook it stands in the output of
/// the cell that made it, and changes in place; in a program, on the terminal's error output.
/// </summary>
/// <remarks>Thread-safe. It shows itself when it is made, then at most twenty times a second, and always the last step. In a worker it shows nothing.</remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class ProgressBar : IProgress<int>, INotebookView
{
    private const int TerminalCells = 30;
    private const double Height = 72;
    private const double TextLine = 32;
    private const double TrackTop = 44;
    private const double TrackHeight = 12;

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Action<ProgressBar> _show;
    private long _shown;

    /// <summary>Shows an empty bar.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="total">How many steps there are; not negative.</param>
    /// <exception cref="ArgumentException"><paramref name="title"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="total"/> is negative.</exception>
    public ProgressBar(string title, int total)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        Title = title;
        Total = total;
        _show = NotebookDisplay.TryFind() is { } display ? display.Show : ShowInTerminal;
        _show(this);
        _shown = Environment.TickCount64;
    }

    /// <summary>What is being done.</summary>
    public string Title { get; }

    /// <summary>How many steps there are.</summary>
    public int Total { get; }

    /// <summary>How many of them are done.</summary>
    public int Done { get; private set; }

    /// <summary>How much of it is done: from 0 to 1; 1 if there is nothing to do.</summary>
    public double Fraction => Total == 0 ? 1 : (double)Done / Total;

    /// <summary>Says how many steps are done. Fewer than before are not shown: reports of several threads may overtake each other.</summary>
    /// <param name="value">How many; taken as 0 below that, and as <see cref="Total"/> above.</param>
    public void Report(int value)
    {
        lock (_gate)
        {
            int done = Math.Clamp(value, 0, Total);
            if (done <= Done)
                return;
            Done = done;
            if (done < Total && Environment.TickCount64 - _shown < ShortestInterval.TotalMilliseconds)
                return;
            _shown = Environment.TickCount64;
            _show(this);
        }
    }

    void INotebookView.WriteHtml(TextWriter writer) => Html.Write(Draw(), writer);

    /// <summary>The title, the steps and the share, on one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Title}: {Done}/{Total} ({Math.Floor(Fraction * 100)}%)");

    // Its title, its count, and the bar on a track below them.
    private XElement Draw()
    {
        string count = string.Create(CultureInfo.InvariantCulture, $"{Done}/{Total}");
        double track = Width - 2 * Margin;
        string title = ChartText.Fit(Title, LabelSize, track - Gap - ChartText.Width(count, LabelSize));
        return ChartFrame.Svg(Title, ToString(), Height,
        [
            ChartFrame.Text(title, Margin, TextLine, LabelSize, "text", bold: true),
            ChartFrame.Text(count, Width - Margin, TextLine, LabelSize, "text", anchor: "end"),
            Track(track, "grid"),
            Track(track * Fraction, "bar"),
        ]);
    }

    private static XElement Track(double width, string role) =>
        ChartFrame.Rectangle(Margin, TrackTop, width, TrackHeight, role, TrackHeight / 2);

    // On its error output: what a program prints may go into a file. Without a terminal it shows nothing.
    private static void ShowInTerminal(ProgressBar bar)
    {
        if (Console.IsErrorRedirected)
            return;
        int full = (int)(bar.Fraction * TerminalCells);
        string line = $"\r{new string('█', full)}{new string('░', TerminalCells - full)} {ChartText.Clean(bar.ToString())}";
        Console.Error.Write(bar.Done == bar.Total ? line + Environment.NewLine : line);
    }
}
