using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace NotebookRunner.Execution;

/// <summary>
/// Tells on standard output how a run gets on. Each finished cell is one line, in a terminal as in a log;
/// a terminal has a moving line below for the cell that runs, a log gets a word now and then.
/// </summary>
internal sealed class RunProgress
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SignOfLifeInterval = TimeSpan.FromSeconds(30);

    private readonly IAnsiConsole _console;
    private readonly bool _isLive;

    internal RunProgress(IAnsiConsole console)
    {
        _console = console;
        _isLive = console.Profile.Capabilities is { Ansi: true, Interactive: true };
    }

    /// <summary>Standard output: with colours and a moving line in a terminal, plain lines of any length anywhere else.</summary>
    internal static RunProgress OnStandardOutput()
    {
        if (!Console.IsOutputRedirected)
            return new RunProgress(AnsiConsole.Console);
        // Spectre takes some environment variables for leave to write escape sequences into a log, and would fold its lines.
        IAnsiConsole log = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        log.Profile.Width = 1000;
        return new RunProgress(log);
    }

    internal void BeginNotebook(string name, int cells) =>
        _console.MarkupLineInterpolated($"[bold]{name}[/] [grey]({cells} code cells)[/]");

    /// <summary>Waits for the work and shows that it goes on.</summary>
    internal async Task<T> WatchAsync<T>(string what, Task<T> work)
    {
        long start = Stopwatch.GetTimestamp();
        if (_isLive)
        {
            await _console.Status().StartAsync(Markup.Escape(what), async context =>
            {
                while (await Task.WhenAny(work, Task.Delay(RefreshInterval)) != work)
                    context.Status($"{Seconds(Stopwatch.GetElapsedTime(start))}  {Markup.Escape(Fit(what))}");
            });
        }
        else
        {
            while (await Task.WhenAny(work, Task.Delay(SignOfLifeInterval)) != work)
                _console.MarkupLineInterpolated($"    {Seconds(Stopwatch.GetElapsedTime(start))}  {what} ...");
        }

        return await work;
    }

    internal void EndCell(CellPlace place, TimeSpan elapsed, string? problem)
    {
        string line = Fit($"{place.Fraction}  {Seconds(elapsed)}  {place.FirstLine}");
        if (problem is null)
            _console.MarkupLineInterpolated($"  [green]✓[/] {line}");
        else
            _console.MarkupLineInterpolated($"  [red]✗[/] {line}");
    }

    /// <summary>Says what came of a notebook of which nothing was run.</summary>
    internal void EndNotebook(string name, int problems)
    {
        if (problems == 0)
            _console.MarkupLineInterpolated($"[green]✓[/] {name}");
        else
            _console.MarkupLineInterpolated($"[red]✗[/] {name}: {problems} {(problems == 1 ? "problem" : "problems")}");
    }

    internal void SkipCell(CellPlace place, TimeSpan elapsed, string reason, string? cause)
    {
        _console.MarkupLineInterpolated($"  [yellow]-[/] {Fit($"{place.Fraction}  {Seconds(elapsed)}  {place.FirstLine}")}");
        _console.MarkupLineInterpolated($"      [yellow]skipped: {reason}[/]");
        if (cause is not null)
            _console.MarkupLineInterpolated($"      [grey]{CellPlace.Shorten(cause, 200)}[/]");
    }

    internal void ShowSummary(IReadOnlyList<NotebookOutcome> outcomes)
    {
        Table table = new Table { Border = TableBorder.Simple }
            .AddColumn(new TableColumn("Notebook").NoWrap())
            .AddColumn(new TableColumn("Cells").RightAligned())
            .AddColumn(new TableColumn("Passed").RightAligned())
            .AddColumn(new TableColumn("Failed").RightAligned())
            .AddColumn(new TableColumn("Skipped").RightAligned())
            .AddColumn(new TableColumn("Time").RightAligned())
            .AddColumn("");
        foreach (NotebookOutcome outcome in outcomes)
        {
            table.AddRow(
                Markup.Escape(outcome.Name), Number(outcome.Cells), Number(outcome.Passed), Number(outcome.Failed), Number(outcome.Skipped),
                Seconds(outcome.Elapsed), Verdict(outcome.Status));
        }

        if (outcomes.Count > 1)
        {
            table.AddRow(
                "All", Number(outcomes.Sum(o => o.Cells)), Number(outcomes.Sum(o => o.Passed)), Number(outcomes.Sum(o => o.Failed)),
                Number(outcomes.Sum(o => o.Skipped)), Seconds(outcomes.Aggregate(TimeSpan.Zero, (sum, o) => sum + o.Elapsed)), "");
        }

        _console.Write(table);
    }

    internal void WriteLine(string line) => _console.MarkupLineInterpolated($"{line}");

    private static string Verdict(NotebookStatus status) => status switch
    {
        NotebookStatus.Passed => "[green]passed[/]",
        NotebookStatus.Failed => "[red]failed[/]",
        NotebookStatus.Interrupted => "[yellow]interrupted[/]",
        _ => "[red]not run[/]",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds,6:0.00} s");

    // Korean letters are two columns wide, so the count is cautious rather than exact.
    private string Fit(string line) => CellPlace.Shorten(line, Math.Min(100, Math.Max(20, (_console.Profile.Width / 4 * 3) - 4)));
}
