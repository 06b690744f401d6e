using System.Text.Json.Nodes;
using NotebookRunner.Checks;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Tests.Programs;
using static NotebookRunner.Tests.Comparison.Outputs;

namespace NotebookRunner.Tests.Checks;

public class SavedNotebookCheckTests
{
    private const string Asks = "#r \"nuget: No.Such, 1.0\"";

    private readonly JsonObject _stored = Json(new TestNotebook()
        .Markdown("# 제목\n\n본문")
        .Code("F();", [], Printed("a", "b").ToJson())
        .Code("G();", Tags("timing", "any-order"), Printed("1.5 s", "x").ToJson())
        .Code("H()", [], Returned("<b>1</b>", 3).ToJson()));

    [Fact]
    public void A_notebook_that_was_only_opened_and_saved_is_the_stored_one() => Assert.Empty(Problems(_stored, _stored));

    [Fact]
    public void What_editors_add_is_passed_over()
    {
        JsonObject saved = Copy(_stored);
        saved["metadata"] = JsonNode.Parse(
            """
            {"kernelspec":{"display_name":"C# (NotebookRunner)","language":"C#","name":"notebook-runner"},
             "language_info":{"file_extension":".cs","mimetype":"text/x-csharp","name":"polyglot-notebook","version":"14"},
             "polyglot_notebook":{"kernelInfo":{"defaultKernelName":"csharp","items":[{"aliases":["c#"],"name":"csharp"},{"aliases":[],"name":"fsharp"}]}},
             "orig_nbformat":4,"vscode":{"interpreter":{"hash":"1"}},"widgets":{}}
            """);
        saved["nbformat_minor"] = 6;
        Cell(saved, 1)["metadata"] = JsonNode.Parse(
            """
            {"ExecuteTime":{},"collapsed":false,"execution":{"iopub.execute_input":"2026-11-26T00:00:00Z"},"jupyter":{"outputs_hidden":true},"scrolled":true,
             "dotnet_interactive":{"language":"csharp"},"polyglot_notebook":{"kernelName":"csharp"},"vscode":{"languageId":"polyglot-notebook"}}
            """);
        Cell(saved, 3)["outputs"]![0]!["output_type"] = "display_data";

        Assert.Empty(Problems(_stored, saved));
    }

    [Fact]
    public void Outputs_are_compared_as_the_tags_of_the_stored_cell_allow()
    {
        JsonObject saved = Copy(_stored);
        Cell(saved, 1)["outputs"] = new JsonArray(Printed("a", "c").ToJson());
        Cell(saved, 2)["outputs"] = new JsonArray(Printed("x").ToJson(), Printed("2.5 s").ToJson());
        Cell(saved, 2)["metadata"] = Tags("timing", "any-order");

        Assert.Equal(
            """
            saved.ipynb: code cell 1 (F();): the output differs from that in stored.ipynb (stdout, line 2)
                expected: b
                actual:   c
            """.ReplaceLineEndings("\n"),
            Assert.Single(Problems(_stored, saved)));
    }

    [Fact]
    public void A_cell_that_lost_its_tags_is_told()
    {
        JsonObject saved = Copy(_stored);
        Cell(saved, 2)["metadata"] = new JsonObject { ["source_cell"] = 1 };

        Assert.Equal(
            "saved.ipynb: code cell 2 (G();): its metadata differs from that in stored.ipynb (tags, source_cell)", Assert.Single(Problems(_stored, saved)));
    }

    [Fact]
    public void A_changed_source_is_told_but_for_its_line_ends()
    {
        JsonObject saved = Copy(_stored);
        Cell(saved, 0)["source"] = "# 제목\r\n\r\n본문";
        Cell(saved, 1)["source"] = "F();\nF();";

        Assert.Equal(
            """
            saved.ipynb: code cell 1 (F();): the source differs from that in stored.ipynb (source, line 2)
                expected: (nothing)
                actual:   F();
            """.ReplaceLineEndings("\n"),
            Assert.Single(Problems(_stored, saved)));
    }

    [Theory]
    [InlineData("fsharp", "saved.ipynb: code cell 1 (F();): is in 'fsharp'; in stored.ipynb it is in 'csharp'")]
    [InlineData("csharp", null)]
    public void A_cell_in_another_language_is_told(string kernelName, string? expected)
    {
        JsonObject saved = Copy(_stored);
        Cell(saved, 1)["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = kernelName } };

        Assert.Equal(expected, Problems(_stored, saved).SingleOrDefault());
    }

    [Fact]
    public void A_cell_of_another_kind_is_told()
    {
        JsonObject saved = Copy(_stored);
        Cell(saved, 0)["cell_type"] = "raw";

        Assert.Equal("saved.ipynb: cell 1 (# 제목): is a Raw cell; in stored.ipynb it is a Markdown cell", Assert.Single(Problems(_stored, saved)));
    }

    [Fact]
    public void A_changed_picture_in_the_text_is_told()
    {
        Cell(_stored, 0)["attachments"] = JsonNode.Parse("""{"a.png":{"image/png":"AAAA"}}""");
        JsonObject saved = Copy(_stored);
        Cell(saved, 0)["attachments"] = JsonNode.Parse("""{"a.png":{"image/png":"AAAB"}}""");

        Assert.Contains("cell 1 (# 제목): its attachments differ", Assert.Single(Problems(_stored, saved)), StringComparison.Ordinal);
    }

    [Fact]
    public void Notebook_metadata_that_is_no_editors_counts()
    {
        _stored["metadata"]!["title"] = "A";
        JsonObject saved = Copy(_stored);
        saved["metadata"]!["title"] = "B";

        Assert.Equal("saved.ipynb: its metadata differs from that of stored.ipynb (title)", Assert.Single(Problems(_stored, saved)));
    }

    [Fact]
    public void Cells_that_were_added_and_taken_out_are_named()
    {
        JsonObject saved = Copy(_stored);
        ((JsonArray)saved["cells"]!).RemoveAt(0);
        ((JsonArray)saved["cells"]!).Add(JsonNode.Parse("""{"cell_type":"markdown","id":"new","metadata":{},"source":"added"}"""));

        Assert.Equal(
            ["stored.ipynb: cell 1 (# 제목): is missing in saved.ipynb", "saved.ipynb: cell 4 (added): is not in stored.ipynb"], Problems(_stored, saved));
    }

    [Fact]
    public void A_cell_that_was_moved_is_named()
    {
        JsonObject saved = Copy(_stored);
        var cells = (JsonArray)saved["cells"]!;
        JsonNode first = cells[0]!;
        cells.RemoveAt(0);
        cells.Add(first);

        Assert.Equal("saved.ipynb: code cell 1 (F();): stands in another place than in stored.ipynb", Assert.Single(Problems(_stored, saved)));
    }

    [Fact]
    public void Cells_without_ids_are_compared_by_their_places()
    {
        foreach (JsonNode? cell in (JsonArray)_stored["cells"]!)
            ((JsonObject)cell!).Remove("id");
        JsonObject shorter = Copy(_stored);
        ((JsonArray)shorter["cells"]!).RemoveAt(0);

        Assert.Empty(Problems(_stored, Copy(_stored)));
        Assert.Equal(
            "saved.ipynb: has 3 cells instead of the 4 of stored.ipynb, and not all have an id to tell which", Assert.Single(Problems(_stored, shorter)));
    }

    [Fact]
    public void Cells_that_were_not_run_or_not_once_from_the_top_are_named_and_their_outputs_left_alone()
    {
        JsonObject saved = Copy(_stored);
        Cell(saved, 1)["execution_count"] = null;
        Cell(saved, 1)["outputs"] = new JsonArray();
        Cell(saved, 2)["execution_count"] = 7;

        Assert.Equal(
            [
                "saved.ipynb: code cell 1 (F();): has not been run; restart the kernel, run all cells in the editor and save",
                "saved.ipynb: code cell 2 (G();): has the execution count 7 instead of 2; restart the kernel, run all cells in the editor and save",
            ],
            Problems(_stored, saved));
    }

    [Fact]
    public void A_stored_notebook_that_was_never_run_proves_nothing()
    {
        JsonObject saved = Copy(_stored);
        for (int i = 1; i < 4; i++)
            Cell(_stored, i)["execution_count"] = null;

        Assert.StartsWith("stored.ipynb: has never been run", Assert.Single(Problems(_stored, saved)), StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_and_random_identifiers_are_no_difference()
    {
        Cell(_stored, 1)["outputs"] = new JsonArray(Printed("…/x 00000000-0000-0000-0000-000000000001").ToJson());
        JsonObject saved = Copy(_stored);
        string here = NotebookFiles.FindRepository(Environment.CurrentDirectory) ?? Environment.CurrentDirectory;
        Cell(saved, 1)["outputs"] = new JsonArray(Printed($"{here}/x {Guid.NewGuid()}").ToJson());

        Assert.Empty(Problems(_stored, saved));
    }

    [Fact]
    public void A_package_that_one_of_the_two_machines_could_not_restore_is_no_difference_and_is_told()
    {
        TestNotebook Make(CellOutput asked, CellOutput used) =>
            new TestNotebook().Code(Asks, Tags("optional-package"), asked.ToJson()).Code("Use();", Tags("optional-package"), used.ToJson());
        ErrorOutput unrestored = new("Error", "The packages could not be restored: no answer", []);
        JsonObject with = Json(Make(Printed("restored"), Printed("used")));
        JsonObject without = Json(Make(unrestored, new ErrorOutput("Error", "(1,1): error CS0103: The name 'Use' does not exist", [])));
        JsonObject skipped = Json(Make(OptionalPackages.Note("why"), OptionalPackages.Note("why")));
        JsonObject other = Json(Make(Printed("restored"), Printed("used otherwise")));

        Assert.Equal(2, Compared(with, without).Skipped.Count);
        Assert.Equal(2, Compared(with, skipped).Skipped.Count);
        Assert.Equal(2, Compared(skipped, with).Skipped.Count);
        Assert.Empty(Compared(with, without).Problems.Concat(Compared(skipped, with).Problems));
        Assert.Single(Compared(with, other).Problems);
        Assert.Empty(Compared(with, other).Skipped);
    }

    [Fact]
    public void A_cell_that_needs_such_a_package_need_not_have_been_run()
    {
        JsonObject stored = Json(new TestNotebook().Code(Asks, Tags("optional-package")).Code("Use();", Tags("optional-package")).Code("F();"));
        JsonObject saved = Copy(stored);
        Cell(saved, 0)["outputs"] = new JsonArray(new ErrorOutput("Error", "The packages could not be restored: no answer", []).ToJson());
        Cell(saved, 1)["execution_count"] = null;
        Cell(saved, 2)["execution_count"] = null;

        Assert.StartsWith("saved.ipynb: code cell 3 (F();): has not been run", Assert.Single(Problems(stored, saved)), StringComparison.Ordinal);
    }

    private static SavedNotebookCheck Compared(JsonObject stored, JsonObject saved) =>
        SavedNotebookCheck.Run(Document(stored).InFile("stored.ipynb"), Document(saved).InFile("saved.ipynb"));

    private static IReadOnlyList<string> Problems(JsonObject stored, JsonObject saved) => Compared(stored, saved).Problems;

    private static NotebookDocument Document(JsonObject json) => NotebookDocument.Parse(System.Text.Encoding.UTF8.GetBytes(JupyterJson.Write(json)), "test");

    private static JsonObject Json(TestNotebook notebook) => (JsonObject)JsonNode.Parse(notebook.ToCompleteDocument().ToText())!;

    private static JsonObject Copy(JsonObject notebook) => (JsonObject)notebook.DeepClone();

    private static JsonObject Cell(JsonObject notebook, int index) => (JsonObject)notebook["cells"]![index]!;

    private static JsonObject Tags(params string[] tags) => new() { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) };
}
