using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Execution;

public class OutputRecorderTests
{
    private readonly NotebookDocument _document = new TestNotebook().Code("one").Code(" ").Code("two").Code("three").ToDocument();
    private readonly OutputRecorder _recorder = new();

    [Fact]
    public void Adjacent_text_of_one_stream_is_one_output()
    {
        Record(new StandardOutputProduced("a"), new StandardOutputProduced("b\n"), new StandardErrorProduced("c"), new StandardOutputProduced("d"));

        Assert.Equal([new StreamOutput("stdout", "ab\n"), new StreamOutput("stderr", "c"), new StreamOutput("stdout", "d")], _recorder.CurrentOutputs);
    }

    [Fact]
    public void A_display_and_a_result_become_the_outputs_of_these_names()
    {
        Record(new ValueDisplayed("id", Html("<b>1</b>")), new ValueReturned(Html("<b>2</b>")));
        _recorder.ApplyTo(_document);

        Assert.Equal("<b>1</b>", Assert.IsType<DisplayOutput>(_document.Cells[0].Outputs[0]).Data["text/html"]);
        var result = Assert.IsType<ResultOutput>(_document.Cells[0].Outputs[1]);
        Assert.Equal("<b>2</b>", result.Data["text/html"]);
        Assert.Equal(1, result.ExecutionCount);
    }

    [Fact]
    public void An_update_changes_the_display_in_its_place_even_from_a_later_cell()
    {
        Record(new ValueDisplayed("bar", Html("0 %")), new StandardOutputProduced("text"), new DisplayedValueChanged("bar", Html("50 %")));
        _recorder.BeginCell(_document.Cells[2])(new DisplayedValueChanged("bar", Html("100 %")));
        _recorder.ApplyTo(_document);

        Assert.Equal("100 %", Assert.IsType<DisplayOutput>(_document.Cells[0].Outputs[0]).Data["text/html"]);
        Assert.Equal(2, _document.Cells[0].Outputs.Count);
        Assert.Empty(_document.Cells[2].Outputs);
    }

    [Fact]
    public void An_error_has_type_message_and_trace()
    {
        Record(new ErrorRaised("boom", "System.Exception", "   at A\r\n   at B\n"));

        var error = Assert.IsType<ErrorOutput>(_recorder.CurrentOutputs[0]);
        Assert.Equal(("System.Exception", "boom"), (error.Name, error.Message));
        Assert.Equal(["   at A", "   at B"], error.Traceback);
    }

    [Fact]
    public void Cells_are_counted_from_one_without_blank_ones_and_unrun_cells_lose_what_they_had()
    {
        _document.Cells[3].Outputs = [new StreamOutput("stdout", "stale")];
        _document.Cells[3].ExecutionCount = 7;
        _recorder.BeginCell(_document.Cells[0]);
        _recorder.BeginCell(_document.Cells[2]);
        _recorder.ApplyTo(_document);

        Assert.Equal([1, null, 2, null], _document.Cells.Select(cell => cell.ExecutionCount));
        Assert.Empty(_document.Cells[3].Outputs);
    }

    [Fact]
    public void What_a_cell_has_left_running_is_recorded_with_it_while_the_next_one_runs()
    {
        Action<KernelEvent> first = _recorder.BeginCell(_document.Cells[0]);
        first(new StandardOutputProduced("a\n"));
        _recorder.BeginCell(_document.Cells[2])(new StandardOutputProduced("b\n"));
        first(new StandardOutputProduced("late\n"));
        _recorder.ApplyTo(_document);

        Assert.Equal([new StreamOutput("stdout", "a\nlate\n")], _document.Cells[0].Outputs);
        Assert.Equal([new StreamOutput("stdout", "b\n")], _document.Cells[2].Outputs);
    }

    [Fact]
    public void What_comes_of_a_cell_that_was_passed_over_is_forgotten()
    {
        Action<KernelEvent> record = _recorder.BeginCell(_document.Cells[0]);
        _recorder.Replace(new StreamOutput("stdout", "skipped"));
        record(new StandardOutputProduced("late\n"));

        Assert.Equal([new StreamOutput("stdout", "skipped")], _recorder.CurrentOutputs);
    }

    private void Record(params KernelEvent[] events)
    {
        Array.ForEach(events, _recorder.BeginCell(_document.Cells[0]).Invoke);
    }

    private static Dictionary<string, string> Html(string html) => new() { ["text/html"] = html };
}
