using System.Text;
using System.Text.Json.Nodes;
using NotebookRunner.Checks;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Checks;

public class MetadataCheckTests
{
    private readonly NotebookDocument _document = new TestNotebook()
        .Markdown("# text").Code("one").Code(" ").Code("two", "timing").ToCompleteDocument();

    [Fact]
    public void Nothing_is_missing_from_a_complete_notebook()
    {
        Assert.Empty(MetadataCheck.FindProblems(_document.InFile()));
        Assert.Empty(MetadataCheck.FindProblemsForEditors(_document.InFile()));
    }

    [Fact]
    public void A_notebook_of_no_chapter_may_leave_to_its_editor_how_it_is_saved()
    {
        _document.Cells[1].Metadata.Remove("polyglot_notebook");

        Assert.Empty(StaticChecks.FindProblems(_document, _document.InFile().File, chapter: null));
    }

    [Fact]
    public void An_id_that_two_cells_have_is_named()
    {
        NotebookDocument doubled = Changed("\"cell-3\"", "\"cell-0\"");

        Assert.Equal("a.ipynb: cells 1 and 4 have the same id, 'cell-0'", Assert.Single(MetadataCheck.FindProblems(doubled.InFile())));
    }

    [Theory]
    [InlineData("\".net-csharp\"", "\".net-fsharp\"")]
    [InlineData("\"language\": \"csharp\"", "\"language\": \"C#\"")]
    [InlineData("\"kernelspec\"", "\"kernel\"")]
    public void The_notebook_says_its_kernel_and_language(string before, string after) =>
        Assert.StartsWith("a.ipynb: its metadata has no kernelspec", Assert.Single(MetadataCheck.FindProblemsForEditors(Changed(before, after).InFile())), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"name\": \"csharp\"", "\"name\": \"polyglot-notebook\"")]
    [InlineData("\"name\": \"csharp\"", "\"name\": \"C#\"")]
    [InlineData("\"language_info\"", "\"language_information\"")]
    public void The_notebook_says_its_language_by_the_name_that_editors_know(string before, string after) =>
        Assert.Equal("a.ipynb: its metadata has no language_info with the name 'csharp'", Assert.Single(MetadataCheck.FindProblemsForEditors(Changed(before, after).InFile())));

    [Fact]
    public void No_cell_keeps_another_language_that_an_editor_has_noted()
    {
        _document.Cells[3].Metadata["vscode"] = new JsonObject { ["languageId"] = "polyglot-notebook" };

        Assert.StartsWith("a.ipynb: code cell 2 (two): its metadata has 'vscode'", Assert.Single(MetadataCheck.FindProblemsForEditors(_document.InFile())), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_stand_in_the_order_in_which_editors_save_them()
    {
        _document.Cells[3].Metadata["timing"] = new JsonObject { ["min"] = 1, ["max"] = 2 };
        _document.Metadata["authors"] = null;

        Assert.Collection(
            MetadataCheck.FindProblemsForEditors(_document.InFile()),
            problem => Assert.StartsWith("a.ipynb: the key 'authors' comes too late", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("a.ipynb: code cell 2 (two): the key 'max' comes too late", problem, StringComparison.Ordinal));
        _document.SortKeys();
        Assert.Empty(MetadataCheck.FindProblemsForEditors(_document.InFile()));
    }

    [Fact]
    public void Each_code_cell_says_its_kernel()
    {
        _document.Cells[1].Metadata.Remove("polyglot_notebook");
        _document.Cells[2].Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = "fsharp" };

        Assert.Collection(
            MetadataCheck.FindProblemsForEditors(_document.InFile()),
            problem => Assert.StartsWith("a.ipynb: code cell 1 (one): its metadata has no polyglot_notebook.kernelName", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("a.ipynb: cell 3: its metadata has no polyglot_notebook.kernelName", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_cell_needs_has_to_have_been_asked_for()
    {
        NotebookDocument document = new TestNotebook()
            .Code("#r \"nuget: A.B, 1.0\"", "optional-package").Code("two", "optional-package").Code("three", "optional-package").Code("four").ToCompleteDocument();
        document.Cells[1].Metadata["needs"] = new JsonArray("a.b");
        document.Cells[2].Metadata["needs"] = new JsonArray("A.C");
        document.Cells[3].Metadata["needs"] = new JsonArray("A.B");
        document.SortKeys();

        Assert.Equal(
            [
                "a.ipynb: code cell 3 (three): it needs 'A.C', which no cell with the tag 'optional-package' up to it asks for",
                "a.ipynb: code cell 4 (four): it needs 'A.B' and has no tag 'optional-package'",
            ],
            MetadataCheck.FindProblems(document.InFile()));
    }

    private NotebookDocument Changed(string before, string after)
    {
        string text = _document.ToText();
        Assert.Contains(before, text, StringComparison.Ordinal);
        return NotebookDocument.Parse(Encoding.UTF8.GetBytes(text.Replace(before, after, StringComparison.Ordinal)), "a.ipynb");
    }
}
