using System.Text;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Documents;

public class NotebookRoundTripTests
{
    [Fact]
    public void An_untouched_notebook_is_written_back_byte_for_byte()
    {
        byte[] bytes = File.ReadAllBytes(Samples.EveryKind);

        Assert.Equal(bytes, Written(bytes));
    }

    [Theory]
    [InlineData("{\n \"cells\": [],\n \"metadata\": {},\n \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n")]
    [InlineData("{\n \"z_first\": 1.0,\n \"cells\": [],\n \"a\": [\n  1e3,\n  -0,\n  12345678901234567890,\n  null\n ],\n \"nbformat\": 4\n}\n")]
    [InlineData("{\n \"cells\": [],\n \"escapes\": \"\\u00e9\\/\\\"\\\\\\u0000\\ud83d\\ude00 😀 한글 \u007f\u2028\",\n \"nbformat\": 4\n}\n")]
    [InlineData("{\n \"half\": \"\\ud800\",\n \"cells\": [],\n \"nbformat\": 4\n}\n")]
    public void Key_order_numbers_and_escapes_stay_as_they_were(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(text, Encoding.UTF8.GetString(Written(bytes)));
    }

    [Fact]
    public void A_byte_order_mark_is_read_and_not_written()
    {
        byte[] bytes = File.ReadAllBytes(Samples.EveryKind);

        Assert.Equal(bytes, Written([.. Encoding.UTF8.GetPreamble(), .. bytes]));
    }

    [Fact]
    public void A_file_whose_lines_end_as_on_Windows_keeps_that()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(File.ReadAllText(Samples.EveryKind).ReplaceLineEndings("\r\n"));

        Assert.Equal(bytes, Written(bytes));
    }

    [Fact]
    public void Stored_outputs_that_are_read_and_set_again_do_not_change()
    {
        byte[] bytes = File.ReadAllBytes(Samples.EveryKind);
        var document = NotebookDocument.Parse(bytes, "sample");
        foreach (NotebookCell cell in document.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            cell.ExecutionCount = cell.ExecutionCount;
            cell.Outputs = cell.Outputs;
        }

    
        Assert.Equal(Encoding.UTF8.GetString(bytes), document.ToText());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\r\nb\n\nc", 4)]
    public void Sources_are_lists_of_lines_that_keep_their_ends(string text, int lines)
    {
        var json = MultilineText.ToJson(text);

        Assert.Equal(lines, json.Count);
        Assert.Equal(text, MultilineText.Read(json));
    }

    [Fact]
    public void A_new_key_goes_where_Jupyter_would_write_it()
    {
        var document = NotebookDocument.Parse("""{"cells":[{"cell_type":"code","metadata":{},"source":"1"}],"nbformat":4}"""u8, "x");
        document.Cells[0].Outputs = [];
        document.Cells[0].ExecutionCount = 1;

        Assert.Matches("(?s)cell_type.*execution_count.*metadata.*outputs.*source", document.ToText());
    }

    [Fact]
    public void Text_from_a_kernel_is_escaped_as_Python_does_it()
    {
        string text = JupyterJson.Write(System.Text.Json.Nodes.JsonValue.Create("\"\\\b\f\n\r\t\u0001\u001f\u007f한😀<>&'+\ud800"));

        Assert.Equal("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\u007f한😀<>&'+\\ud800\"\n", text);
    }

    private static byte[] Written(byte[] bytes) => Encoding.UTF8.GetBytes(NotebookDocument.Parse(bytes, "test").ToText());
}
