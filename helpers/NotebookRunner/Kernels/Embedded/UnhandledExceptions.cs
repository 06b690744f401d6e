using System.Runtime.ExceptionServices;
using NotebookRunner.Kernels.Embedded.Stopping;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// Exceptions that nobody catches, in a thread that a cell has started, in an <c>async void</c> method or a timer. In a program they are the end; here that would be the end of everything that the
/// notebook has computed, so they are told in the cell, and end their thread alone.
/// </summary>
internal static class UnhandledExceptions
{
    private const string Lead = "Unhandled exception in a thread that this cell has started. A program would have ended here.";

    /// <summary>Begins with it.</summary>
    public static void Report() => ExceptionHandling.SetUnhandledExceptionHandler(TryReport);

    // A timer's exception has left the cell's context by now, but the kernel's own threads are none of the pool's: what happens in them is the kernel's fault.
    private static bool TryReport(Exception exception)
    {
        var cell = RunningCell.Current;
        if (cell is null && !Thread.CurrentThread.IsThreadPoolThread)
            return false;
        // When a cell is stopped, its threads end, one way or another.
        if (cell?.CancellationToken.IsCancellationRequested != true && exception is not CellStoppedException)
            CellOutput.Write(EventTypes.StandardErrorValueProduced, $"{Lead}{Environment.NewLine}{ExceptionText.Of(exception)}{Environment.NewLine}");
        return true;
    }
}
