using System.Text;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// Brings output to the cell that it belongs to, also when that has ended: the next cell's output must not depend on the pace of another cell's threads. What nobody can attribute is taken for that of
/// the cell that runs, or has run last.
/// </summary>
internal static class CellOutput
{
    private static volatile RunningCell? _running;
    private static volatile RunningCell? _last;

    /// <summary>The cell that runs now.</summary>
    public static RunningCell? Running
    {
        get => _running;
        set
        {
            _running = value;
            _last = value ?? _last;
        }
    }

    /// <summary>A cell no longer runs: unless another one does by now, for which this one, once stopped, was not waited.</summary>
    public static void EndRunning(RunningCell cell) => Interlocked.CompareExchange(ref _running, null, cell);

    private static RunningCell? Owner => RunningCell.Current ?? Running ?? _last;

    /// <summary>Writes to the console of the calling code's cell.</summary>
    public static void Write(string eventType, string text)
    {
        var cell = Owner;
        cell?.ThrowIfStoppingHere();
        Add(cell, eventType, text);
    }

    /// <summary>Writes, to the running cell's output, what came from outside of managed code.</summary>
    public static void WriteStray(string text) => Add(Running ?? _last, EventTypes.StandardOutputValueProduced, text);

    /// <summary>Shows a value among the outputs of the calling code's cell; or, if it has been shown before, in its place.</summary>
    public static void Display(DisplayedValue value)
    {
        string eventType = value.IsUpdated ? EventTypes.DisplayedValueUpdated : EventTypes.DisplayedValueProduced;
        var cell = Owner;
        cell?.ThrowIfStoppingHere();
        if (cell?.WasStopped == true)
            return;
        if (value is { IsUpdated: true, Cell: { } shownBy } && cell?.Ended.IsCompleted != false)
            shownBy.Update(value.FormattedValues, value.DisplayId);
        else if (cell?.TryDisplay(eventType, value.FormattedValues, value.DisplayId) == true)
            value.Cell ??= cell;
    }

    private static void Add(RunningCell? cell, string eventType, string text)
    {
        text = LineEnds.Unify(text);
        // Before the first cell there is none.
        if (cell is not null)
            cell.TryWrite(eventType, text);
        else
            StandardStreams.WriteError(Encoding.UTF8.GetBytes(text));
    }
}
