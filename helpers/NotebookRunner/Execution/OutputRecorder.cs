using System.Text;
using NotebookRunner.Documents;
using NotebookRunner.Kernels;

namespace NotebookRunner.Execution;

/// <summary>Turns what a kernel reports into the outputs of the cells that ran.</summary>
internal sealed class OutputRecorder
{
    private readonly List<RecordedCell> _cells = [];

    // A display can be updated by a later cell, so outputs stay open to change until the notebook is done.
    private readonly Dictionary<string, (List<CellOutput> Outputs, int Index)> _displays = new(StringComparer.Ordinal);

    // The stream output that still grows. A builder, since a cell may print a million short lines.
    private readonly StringBuilder _text = new();
    private string _textStream = StreamOutput.StandardOutput;

    /// <summary>The outputs so far of the cell begun last.</summary>
    internal IReadOnlyList<CellOutput> CurrentOutputs
    {
        get
        {
            EndText();
            return _cells[^1].Outputs;
        }
    }

    internal void BeginCell(NotebookCell cell)
    {
        EndText();
        _cells.Add(new RecordedCell(cell, _cells.Count + 1, []));
    }

    /// <summary>Adds an event to the cell begun last.</summary>
    internal void Record(KernelEvent kernelEvent)
    {
        switch (kernelEvent)
        {
            case StandardOutputProduced stdout:
                AddText(StreamOutput.StandardOutput, stdout.Text);
                break;
            case StandardErrorProduced stderr:
                AddText(StreamOutput.StandardError, stderr.Text);
                break;
            case ValueDisplayed displayed:
                AddDisplay(displayed.ValueId, new DisplayOutput(new MimeBundle(displayed.MimeBundle)));
                break;
            case DisplayedValueChanged changed:
                UpdateDisplay(changed.ValueId, new DisplayOutput(new MimeBundle(changed.MimeBundle)));
                break;
            case ValueReturned returned:
                Add(new ResultOutput(new MimeBundle(returned.MimeBundle), _cells[^1].ExecutionCount));
                break;
            case ErrorRaised error:
                Add(new ErrorOutput(error.ExceptionType ?? "Error", error.Message, Lines(error.StackTrace)));
                break;
        }
    }

    /// <summary>Adds an output that comes from the runner, not from the kernel.</summary>
    internal void Add(CellOutput output)
    {
        EndText();
        _cells[^1].Outputs.Add(output);
    }

    /// <summary>Forgets what the cell begun last has put out, in favour of an output that comes from the runner.</summary>
    internal void Replace(CellOutput output)
    {
        EndText();
        _cells[^1] = _cells[^1] with { Outputs = [output] };
    }

    /// <summary>Writes what was recorded into the notebook; cells that were not run end up without outputs and number.</summary>
    internal void ApplyTo(NotebookDocument document)
    {
        EndText();
        foreach (NotebookCell cell in document.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            cell.ExecutionCount = null;
            cell.Outputs = [];
            cell.RemoveTimestamps();
        }

        foreach (var (cell, executionCount, outputs) in _cells)
        {
            cell.ExecutionCount = executionCount;
            cell.Outputs = outputs;
        }
    }

    private void AddText(string stream, string text)
    {
        if (stream != _textStream)
            EndText();
        _textStream = stream;
        _text.Append(text);
    }

    private void EndText()
    {
        if (_text.Length == 0)
            return;
        _cells[^1].Outputs.Add(new StreamOutput(_textStream, _text.ToString()));
        _text.Clear();
    }

    private void AddDisplay(string? id, DisplayOutput output)
    {
        Add(output);
        if (id is not null)
            _displays[id] = (_cells[^1].Outputs, _cells[^1].Outputs.Count - 1);
    }

    private void UpdateDisplay(string id, DisplayOutput output)
    {
        if (_displays.TryGetValue(id, out var place))
            place.Outputs[place.Index] = output;
        else
            AddDisplay(id, output);
    }

    private static string[] Lines(string? text) =>
        (text ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed record RecordedCell(NotebookCell Cell, int ExecutionCount, List<CellOutput> Outputs);
}
