using NotebookRunner.Documents;
using NotebookRunner.Kernels;

namespace NotebookRunner.Execution;

/// <summary>Turns what a kernel reports into the outputs of the cells that ran. Thread-safe: what a cell has left running reports, too, whatever else goes on.</summary>
internal sealed class OutputRecorder
{
    private readonly Lock _gate = new();
    private readonly List<RecordedCell> _cells = [];

    /// <summary>The outputs so far of the cell begun last.</summary>
    internal IReadOnlyList<CellOutput> CurrentOutputs
    {
        get
        {
            lock (_gate)
                return _cells[^1].Outputs.ToOutputs();
        }
    }

    /// <summary>Begins the next cell.</summary>
    /// <returns>What takes the cell's events, while it runs and after it has ended.</returns>
    internal Action<KernelEvent> BeginCell(NotebookCell cell)
    {
        lock (_gate)
        {
            RecordedCell recorded = new(cell, _cells.Count + 1);
            _cells.Add(recorded);
            return kernelEvent => Record(recorded, kernelEvent);
        }
    }

    /// <summary>Adds an output to the cell begun last that comes from the runner, not from the kernel.</summary>
    internal void Add(CellOutput output)
    {
        lock (_gate)
            _cells[^1].Outputs.Add(output);
    }

    /// <summary>Forgets what the cell begun last has put out and may yet put out, in favour of an output that comes from the runner.</summary>
    internal void Replace(CellOutput output)
    {
        lock (_gate)
        {
            _cells[^1].Outputs.ReplaceAll(output);
            _cells[^1].IsClosed = true;
        }
    }

    /// <summary>Writes what was recorded into the notebook; cells that were not run end up without outputs and number.</summary>
    internal void ApplyTo(NotebookDocument document)
    {
        foreach (NotebookCell cell in document.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            cell.ExecutionCount = null;
            cell.Outputs = [];
            cell.RemoveTimestamps();
        }

        lock (_gate)
        {
            foreach (RecordedCell recorded in _cells)
            {
                recorded.Cell.ExecutionCount = recorded.ExecutionCount;
                recorded.Cell.Outputs = recorded.Outputs.ToOutputs();
            }
        }
    }

    private void Record(RecordedCell cell, KernelEvent kernelEvent)
    {
        lock (_gate)
        {
            if (!cell.IsClosed)
                RecordNow(cell, kernelEvent);
        }
    }

    private void RecordNow(RecordedCell cell, KernelEvent kernelEvent)
    {
        switch (kernelEvent)
        {
            case StandardOutputProduced stdout:
                cell.Outputs.AddText(StreamOutput.StandardOutput, stdout.Text);
                break;
            case StandardErrorProduced stderr:
                cell.Outputs.AddText(StreamOutput.StandardError, stderr.Text);
                break;
            case ValueDisplayed displayed:
                cell.Outputs.Add(new DisplayOutput(new MimeBundle(displayed.MimeBundle)), displayed.ValueId);
                break;
            case DisplayedValueChanged changed:
                Update(cell, changed.ValueId, new DisplayOutput(new MimeBundle(changed.MimeBundle)));
                break;
            case ValueReturned returned:
                cell.Outputs.Add(new ResultOutput(new MimeBundle(returned.MimeBundle), cell.ExecutionCount));
                break;
            case ErrorRaised error:
                cell.Outputs.Add(new ErrorOutput(error.ExceptionType ?? "Error", error.Message, Lines(error.StackTrace)));
                break;
        }
    }

    // A display can be updated by a later cell, so outputs stay open to change until the notebook is done.
    private void Update(RecordedCell cell, string id, DisplayOutput output)
    {
        if (_cells.Exists(shower => shower.Outputs.TryUpdate(id, output)))
            return;
        // One that is nowhere may have been left out.
        if (!_cells.Exists(shower => shower.Outputs.IsCut))
            cell.Outputs.Add(output, id);
    }

    private static string[] Lines(string? text) =>
        (text ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed record RecordedCell(NotebookCell Cell, int ExecutionCount)
    {
        internal RecordedOutputs Outputs { get; } = new();

        internal bool IsClosed { get; set; }
    }
}
