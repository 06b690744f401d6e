using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Embedded.Language;
using NotebookRunner.Kernels.Embedded.Packages;
using NotebookRunner.Kernels.Embedded.Values;
using NotebookRunner.Kernels.Embedded.Workers;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// Runs cells, one after another, on a thread of its own. To cancel one, its code is told by its token; if that does not end it, by an exception in each of its loops and methods, in whatever
/// thread (see <see cref="Stopping.StopChecks"/>); and its own thread is interrupted where it waits. Beyond reach is code of others, .NET's or native, that neither waits nor calls the cell's: it
/// runs on, though the cell counts as ended, until it comes back.
/// </summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed class CellRunner
#pragma warning restore CA1001
{
    private const string Cancelled = "Command cancelled.";
    private const int MaxImportDepth = 20;

    private const string StillRuns = Cancelled + "\nThe cell has been stopped, but code that it has called still runs: it is within .NET or another library, where nothing can end it safely. It ends when it comes back to the notebook's code. To end it now, restart the kernel.";

    /// <summary>How long the cell's code has to end of itself when its token says so.</summary>
    private static readonly TimeSpan TokenGrace = TimeSpan.FromMilliseconds(30);

    /// <summary>How long it then has to end where it asks.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromMilliseconds(70);

    /// <summary>How long it then has to end if it is not to count as running on. With the others, and what the way to the reader takes, less than a second.</summary>
    private static readonly TimeSpan InterruptGrace = TimeSpan.FromMilliseconds(600);

    private readonly object _gate = new();
    private readonly Queue<RunningCell> _waiting = [];
    private readonly CSharpSession _session;
    private readonly PackageReferences _packages;
    private readonly StrayOutput _stray;
    private RunningCell? _running;
    private int _earlierSubmissions;
    private int _number;

    /// <summary>Begins to prepare for the first cell.</summary>
    /// <param name="session">What runs them.</param>
    /// <param name="stray">What must be through before a cell ends.</param>
    public CellRunner(CSharpSession session, StrayOutput stray)
    {
        _session = session;
        _stray = stray;
        _packages = new(_session);
        StartThread(() => _session.Run("", "kernel", CancellationToken.None));
    }

    /// <summary>Runs a cell when those before it have ended.</summary>
    public void Enqueue(RunningCell cell)
    {
        lock (_gate)
        {
            _waiting.Enqueue(cell);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Ends the running cell, and those that wait.</summary>
    public void Cancel()
    {
        RunningCell[] waiting;
        RunningCell? cell;
        int earlier;
        lock (_gate)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
            // From here on the cell has been cancelled, however its code ends, and the thread that runs it starts no other one.
            (cell, _running) = (_running, null);
            earlier = _earlierSubmissions;
        }

        foreach (var other in waiting)
            other.End(Cancelled);
        if (cell is not null)
        {
            Stop(cell, earlier);
            StartThread(() => { });
        }
    }

    private void Stop(RunningCell cell, int earlierSubmissions)
    {
        var told = cell.CancelAsync();
        bool hasEnded = cell.Ended.Wait(TokenGrace);
        // Also if it has ended: it may have waited for others, who have not.
        cell.BeginStopping();
        _session.Stop.Raise(cell.Thread, earlierSubmissions);
        if (!hasEnded && !cell.Ended.Wait(StopGrace))
            cell.Thread!.Interrupt();
        bool runsOn = !hasEnded && !cell.Ended.Wait(InterruptGrace) && _session.IsInCode;
        cell.End(runsOn ? StillRuns : Cancelled);

        // What the cell has registered with its token may still be at work.
        Task.WaitAny([told], StopGrace);
    }

    private void StartThread(Action first)
    {
        var thread = new Thread(() => RunCells(first)) { IsBackground = true, Name = "cells" };
        thread.UnsafeStart();
    }

    private void RunCells(Action first)
    {
        first();
        while (Run(Undisturbed(Take)))
        {
        }
    }

    /// <summary>
    /// Does something even if the calling thread is interrupted meanwhile: by code of a cell, which may have kept the thread, or by <see cref="Stop"/>, when the code has just ended.
    /// </summary>
    private static T Undisturbed<T>(Func<T> action)
    {
        while (true)
        {
            try
            {
                return action();
            }
            catch (ThreadInterruptedException)
            {
                // It came too late for the cell.
            }
        }
    }

    private RunningCell Take()
    {
        // What was meant for the last cell does not interrupt the next one.
        Thread.Sleep(0);
        lock (_gate)
        {
            while (_waiting.Count == 0)
                Monitor.Wait(_gate);
            var cell = _waiting.Dequeue();
            cell.Thread = Thread.CurrentThread;
            _earlierSubmissions = _session.Stop.Count;
            return _running = cell;
        }
    }

    /// <summary>Decides, once and for all, how a cell has ended whose code has: whoever wants to cancel it from here on finds nothing that runs.</summary>
    /// <returns>False if it has been cancelled.</returns>
    private bool TryRelease(RunningCell cell)
    {
        lock (_gate)
        {
            if (_running != cell)
                return false;
            _running = null;
            return true;
        }
    }

    // Again, if code of the cell has interrupted the thread; not for whoever has cancelled it, and does not wait for long.
    private bool Drain(RunningCell cell)
    {
        try
        {
            _stray.Drain();
            return true;
        }
        catch (ThreadInterruptedException) when (Volatile.Read(ref _running) != cell)
        {
            return false;
        }
    }

    /// <returns>False if it was cancelled: whoever did that has another thread go on.</returns>
    private bool Run(RunningCell cell)
    {
        RunningCell.Current = CellOutput.Running = cell;
        _number++;
        string path = string.Create(CultureInfo.InvariantCulture, $"cell {_number}");
        IEnumerable<Diagnostic> faults = [];
        string? failure;
        try
        {
            failure = RunParts(cell, path, cell.Code, depth: 0);
        }
        catch (CellFailedException exception)
        {
            failure = exception.Message;
            faults = exception.Diagnostics.Where(fault => fault.Location.GetLineSpan().Path == path);
        }
#pragma warning disable CA1031 // Whatever a cell throws is its result.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = ExceptionText.Of(exception);
        }

        Undisturbed(() => Drain(cell));
        RunningCell.Current = null;
        CellOutput.EndRunning(cell);
        Undisturbed(() => cell.Report(CellDiagnostics.Describe(faults)));
        bool isReleased = Undisturbed(() => TryRelease(cell));
        Undisturbed(() => cell.End(isReleased ? failure : Cancelled));
        if (_number == 1)
            StartProfile.End();
        return isReleased;
    }

    /// <returns>Why it failed; null if it did not.</returns>
    private string? RunParts(RunningCell cell, string path, string code, int depth)
    {
        var parts = CellParser.Parse(code);
        CellPart[] packages = [.. parts.Where(part => part.Directive is CellParser.Package or CellParser.PackageSource)];
        if (packages.Length > 0)
            _packages.Add(packages, cell.CancellationToken);

        long? start = null;
        foreach (var part in parts.Skip(packages.Length))
        {
            string? failure = null;
            if (part.Directive is null)
                failure = RunCode(cell, path, part.Text);
            else if (part.Directive == CellParser.Import)
                failure = Import(cell, part.Text, depth);
            else if (part.Directive == CellParser.Time)
                start ??= Stopwatch.GetTimestamp();
            else
                CarryOut(part.Directive);
            if (failure is not null)
                return failure;
        }

        if (start is { } begin)
        {
            string elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
            $"Wall time: {elapsed}ms".DisplayAs(PlainTextFormatter.MimeType);
        }

        return null;
    }

    private void CarryOut(string directive)
    {
        switch (directive)
        {
            case CellParser.Who:
                CellOutput.Display(new(null, VariableTable.Names(_session.Variables)));
                break;
            case CellParser.Whos:
                CellOutput.Display(new(null, VariableTable.Describe(_session.Variables)));
                break;
            case CellParser.Workers:
                foreach (var listing in FindWorkers(directive))
                    listing.ToTable().Display();
                break;
            case CellParser.KillWorkers:
                foreach (var listing in FindWorkers(directive))
                    listing.KillAll().DisplayAs(PlainTextFormatter.MimeType);
                break;
        }
    }

    private static IReadOnlyList<WorkerListing> FindWorkers(string directive)
    {
        try
        {
            return WorkerListing.FindAll() is { Count: > 0 } found ? found : throw new CellFailedException($"{directive}: this notebook has not loaded Multiprocessing.dll.");
        }
        catch (RequestFailedException exception)
        {
            throw new CellFailedException($"{directive}: {exception.Message}");
        }
    }

    private string? Import(RunningCell cell, string argument, int depth)
    {
        if (depth == MaxImportDepth)
            throw new CellFailedException("#!import: files import each other in a circle.");
        foreach (var part in ImportedFile.Read(argument))
        {
            if (part.IsMarkdown)
                part.Text.DisplayAs("text/markdown");
            else if (RunParts(cell, part.Path, part.Text, depth + 1) is { } failure)
                return failure;
        }

        return null;
    }

    private string? RunCode(RunningCell cell, string path, string code)
    {
        var result = _session.Run(code, path, cell.CancellationToken);
        Exception? fault;
        try
        {
            if (result is { HasValue: true, Value: not DisplayedValue })
                cell.TryDisplay(EventTypes.ReturnValueProduced, Format(result.Value), valueId: null);
        }
        finally
        {
            fault = result.Resources.Release();
        }

        return (result.Exception ?? fault) switch { null => null, CellFailedException failed => failed.Message, var exception => ExceptionText.Of(exception) };
    }

    private static IEnumerable<FormattedValue> Format(object? value) => value switch
    {
        FormattedValue formatted => [formatted],
        IEnumerable<FormattedValue> formatted => formatted,
        _ => FormattedValue.CreateManyFromObject(value),
    };
}
