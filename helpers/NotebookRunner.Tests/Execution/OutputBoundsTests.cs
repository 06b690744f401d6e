using System.Globalization;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Execution;

/// <summary>Of what a cell puts out without end, the beginning and the end are kept, and what is missing is told.</summary>
public class OutputBoundsTests
{
    private readonly NotebookDocument _document = new TestNotebook().Code("one").Code("two").ToDocument();
    private readonly OutputRecorder _recorder = new();
    private readonly Action<KernelEvent> _record;

    public OutputBoundsTests() => _record = _recorder.BeginCell(_document.Cells[0]);

    [Fact]
    public void What_a_notebook_is_read_for_is_kept_whole()
    {
        Print(Enumerable.Range(0, 100_000).Select(n => $"line {n}\n"));
        Show(500, _ => new string('h', 10_000));

        Assert.Equal(501, _recorder.CurrentOutputs.Count);
        Assert.EndsWith("line 99999\n", Text(_recorder.CurrentOutputs[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30_000)]
    public void Of_lines_without_end_the_first_and_the_last_stay_whatever_the_pieces_they_come_in(int linesInPiece)
    {
        Print(Enumerable.Range(0, 250_000).Chunk(linesInPiece).Select(lines => string.Concat(lines.Select(n => $"{n}\n"))));

        IReadOnlyList<CellOutput> outputs = _recorder.CurrentOutputs;
        Assert.Equal(3, outputs.Count);
        Assert.Equal(Lines(0, 2_000), Text(outputs[0]));
        Assert.StartsWith("[246,000 lines and 1,616,000 characters left out here. Of a cell that puts out more than 200,000 lines,", Text(outputs[1]), StringComparison.Ordinal);
        Assert.Equal(Lines(248_000, 2_000), Text(outputs[2]));
    }

    [Fact]
    public void A_line_without_end_keeps_its_first_and_its_last_characters()
    {
        Print(Enumerable.Range(0, 60).Select(n => new string((char)('A' + n), 1_000_000)));

        IReadOnlyList<CellOutput> outputs = _recorder.CurrentOutputs;
        Assert.Equal(new string('A', 1_000_000) + new string('B', 1_000_000), Text(outputs[0]));
        Assert.StartsWith("[56,000,000 characters left out here.", Text(outputs[1]), StringComparison.Ordinal);
        Assert.Equal(new string((char)('A' + 58), 1_000_000) + new string((char)('A' + 59), 1_000_000), Text(outputs[2]));
    }

    [Fact]
    public void Of_values_without_end_the_first_and_the_last_stay()
    {
        Show(1_500, n => n.ToString(CultureInfo.InvariantCulture));

        IReadOnlyList<CellOutput> outputs = _recorder.CurrentOutputs;
        Assert.Equal(101, outputs.Count);
        Assert.Equal("49", Text(outputs[49]));
        Assert.StartsWith("[1,400 outputs and 4,600 characters left out here.", Text(outputs[50]), StringComparison.Ordinal);
        Assert.Equal("1450", Text(outputs[51]));
        Assert.Equal("1499", Text(outputs[^1]));
    }

    [Fact]
    public void Streams_that_alternate_without_end_are_bounded_too()
    {
        for (int i = 0; i < 5_000; i++)
        {
            _record(new StandardOutputProduced("out\n"));
            _record(new StandardErrorProduced("err\n"));
        }

        Assert.Equal(101, _recorder.CurrentOutputs.Count);
    }

    [Fact]
    public void A_value_that_is_shown_anew_without_end_is_one_output_and_the_last_counts()
    {
        _record(new ValueDisplayed("bar", Html("0")));
        for (int i = 1; i <= 100_000; i++)
            _record(new DisplayedValueChanged("bar", Html($"{i}")));

        Assert.Equal("100000", Text(Assert.Single(_recorder.CurrentOutputs)));
    }

    [Fact]
    public void A_value_that_grows_too_large_is_told()
    {
        _record(new ValueDisplayed("bar", Html("0")));
        _record(new DisplayedValueChanged("bar", Html(new string('x', 60_000_000))));

        Assert.Equal("[A value of 60,000,000 characters is not kept, 50,000,000 being the most.]", Text(Assert.Single(_recorder.CurrentOutputs)));
    }

    [Fact]
    public void Values_that_were_left_out_do_not_come_back_when_they_are_shown_anew()
    {
        Show(1_500, n => $"{n}");
        _record(new DisplayedValueChanged("id 700", Html("new")));
        _record(new DisplayedValueChanged("id 10", Html("first")));
        _record(new DisplayedValueChanged("id 1499", Html("last")));

        IReadOnlyList<CellOutput> outputs = _recorder.CurrentOutputs;
        Assert.Equal(101, outputs.Count);
        Assert.Equal(("first", "last"), (Text(outputs[10]), Text(outputs[^1])));
    }

    [Fact]
    public void Why_a_cell_has_failed_is_never_left_out()
    {
        Show(2_000, n => $"{n}");
        _record(new ErrorRaised("boom", "System.Exception", null));
        Show(2_000, n => $"{n}");

        Assert.Equal("boom", Assert.Single(_recorder.CurrentOutputs.OfType<ErrorOutput>()).Message);
    }

    [Fact]
    public void What_comes_after_a_look_at_the_outputs_counts_as_if_nobody_had_looked()
    {
        Print(Enumerable.Range(0, 250_000).Select(n => $"{n}\n"));
        _ = _recorder.CurrentOutputs;
        Print(["end\n"]);

        Assert.Equal(Lines(248_001, 1_999) + "end\n", Text(_recorder.CurrentOutputs[^1]));
    }

    private static string Lines(int start, int count) => string.Concat(Enumerable.Range(start, count).Select(n => $"{n}\n"));

    private static string Text(CellOutput output) => output is DataOutput data ? data.Data.Single().Value : Assert.IsType<StreamOutput>(output).Text;

    private static Dictionary<string, string> Html(string html) => new() { ["text/html"] = html };

    private void Print(IEnumerable<string> pieces)
    {
        foreach (string piece in pieces)
            _record(new StandardOutputProduced(piece));
    }

    private void Show(int count, Func<int, string> html)
    {
        for (int i = 0; i < count; i++)
            _record(new ValueDisplayed($"id {i}", Html(html(i))));
    }
}
