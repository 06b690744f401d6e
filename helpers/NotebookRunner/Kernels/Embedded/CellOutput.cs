using System.Text;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// Brings output to the cell that it belongs to. What comes after its cell has ended goes to the kernel's stderr: the next
/// cell's output must not depend on the pace of another cell's threads.
/// </summary>
internal static class CellOutput
{
    private static readonly Stream StandardError = Console.OpenStandardError();
    private static volatile RunningCell? _running;

    /// <summary>The cell that runs now: what nobody can attribute is taken for its.</summary>
    public static RunningCell? Running
    {
        get => _running;
        set => _running = value;
    }

    /// <summary>A cell no longer runs: unless another one does by now, for which this one, once stopped, was not waited.</summary>
    public static void EndRunning(RunningCell cell) => Interlocked.CompareExchange(ref _running, null, cell);

    /// <summary>Writes to the console of the calling code's cell.</summary>
    public static void Write(string eventType, string text)
    {
        var cell = RunningCell.Current ?? Running;
        cell?.ThrowIfStoppingHere();
        if (text.Length > 0 && cell?.TryWrite(eventType, text) != true)
            WriteLate(text);
    }

    /// <summary>Writes, to the running cell's output, what came from outside of managed code.</summary>
    public static void WriteStray(string text)
    {
        if (text.Length > 0 && Running?.TryWrite(EventTypes.StandardOutputValueProduced, text) != true)
            WriteLate(text);
    }

    /// <summary>Shows a value among the outputs of the calling code's cell; or, if it has been shown before, in its place, which stays when its cell has ended.</summary>
    public static void Display(DisplayedValue value)
    {
        string eventType = value.IsUpdated ? EventTypes.DisplayedValueUpdated : EventTypes.DisplayedValueProduced;
        var cell = RunningCell.Current ?? Running;
        cell?.ThrowIfStoppingHere();
        if (cell?.TryDisplay(eventType, value.FormattedValues, value.DisplayId) == true)
            value.Cell ??= cell;
        else if (value is { IsUpdated: true, Cell: { } shownBy })
            shownBy.Update(value.FormattedValues, value.DisplayId);
        else
            WriteLate((value.FormattedValues is [var first, ..] ? first.Value : "") + Environment.NewLine);
    }

    private static void WriteLate(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        lock (StandardError)
            StandardError.Write(bytes);
    }
}
