using System.Collections.Concurrent;
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
/// Runs cells, one after another, on a thread of its own. To cancel one, its code is told; if that does not end it, its thread is aborted in managed code and interrupted
/// where it waits. Beyond reach are native code, code after the first await of a cell, and threads that the cell has made: they
/// run on, though the cell counts as ended, and with the process they end.
/// </summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed class CellRunner
#pragma warning restore CA1001
{
    private const string Cancelled = "Command cancelled.";
    private const int MaxImportDepth = 20;

    /// <summary>How long the cell's code has to end by itself: an abort may hit it anywhere, in the middle of .NET's own code, which may not survive that.</summary>
    private static readonly TimeSpan CancellationGrace = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan AbortGrace = TimeSpan.FromMilliseconds(200);

    private readonly BlockingCollection<RunningCell> _waiting = [];
    private readonly CSharpSession _session;
    private readonly PackageReferences _packages;
    private readonly StrayOutput _stray;
    private Thread _thread;
    private int _number;

    /// <summary>Begins to prepare for the first cell.</summary>
    /// <param name="session">What runs them.</param>
    /// <param name="stray">What must be through before a cell ends.</param>
    public CellRunner(CSharpSession session, StrayOutput stray)
    {
        _session = session;
        _stray = stray;
        _packages = new(_session);
        _thread = StartThread(() => _session.Run("using static Microsoft.DotNet.Interactive.Kernel;", "kernel", CancellationToken.None));
    }

    /// <summary>Runs a cell when those before it have ended.</summary>
    public void Enqueue(RunningCell cell) => _waiting.Add(cell);

    /// <summary>Ends the running cell, and those that wait.</summary>
    public void Cancel()
    {
        while (_waiting.TryTake(out var waiting))
            waiting.End(Cancelled);
        if (CellOutput.Running is not { } cell)
            return;
        var told = cell.CancelAsync();
        if (!cell.Ended.Wait(CancellationGrace))
            told = Task.WhenAll(told, cell.AbortAsync());
        if (!cell.Ended.Wait(AbortGrace))
            _thread.Interrupt();
        cell.Ended.Wait(AbortGrace);
        cell.End(Cancelled);
        Task.WaitAny([told], AbortGrace);
        // The old thread may still be busy with the cell, or may yet meet the interruption.
        _thread = StartThread(() => { });
    }

    private Thread StartThread(Action first)
    {
        var thread = new Thread(() => RunCells(first)) { IsBackground = true, Name = "cells" };
        thread.UnsafeStart();
        return thread;
    }

    private void RunCells(Action first)
    {
        first();
        foreach (var cell in _waiting.GetConsumingEnumerable())
        {
            try
            {
                Run(cell);
            }
            catch (ThreadInterruptedException) when (cell.CancellationToken.IsCancellationRequested)
            {
                // It came too late for the cell.
            }

            // Whoever has cancelled a cell has started another thread.
            if (cell.CancellationToken.IsCancellationRequested)
                return;
        }
    }

    private void Run(RunningCell cell)
    {
        cell.Thread = Thread.CurrentThread;
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
            failure = Describe(exception);
        }

        if (cell.CancellationToken.IsCancellationRequested)
            failure = Cancelled;
        _stray.Drain();
        RunningCell.Current = CellOutput.Running = null;
        cell.Report(CellDiagnostics.Describe(faults));
        cell.End(failure);
        if (_number == 1)
            StartProfile.End();
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
        var result = _session.Run(code, path, cell.AbortionToken);
        if (result.Exception is { } exception)
            return Describe(exception);
        if (result is { HasValue: true, Value: not DisplayedValue })
            cell.TryDisplay(EventTypes.ReturnValueProduced, Format(result.Value), valueId: null);
        return null;
    }

    private static IEnumerable<FormattedValue> Format(object? value) => value switch
    {
        FormattedValue formatted => [formatted],
        IEnumerable<FormattedValue> formatted => formatted,
        _ => FormattedValue.CreateManyFromObject(value),
    };

    private static string Describe(Exception exception)
    {
        try
        {
            return exception.ToString();
        }
#pragma warning disable CA1031 // An exception of the cell's own making may fail even here.
        catch (Exception)
#pragma warning restore CA1031
        {
            return exception.GetType().FullName!;
        }
    }
}
