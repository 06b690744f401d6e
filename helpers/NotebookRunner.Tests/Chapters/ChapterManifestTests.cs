using System.Text;
using NotebookRunner.Chapters;
using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Tests.Chapters;

public class ChapterManifestTests
{
    private const string Good = """
        {
          "title": "30. Threads",
          "notebooks": [
            {"file": "a.ipynb", "title": "A", "sourceCells": [1, 2]},
            {"file": "b.ipynb", "title": "B"},
            {"file": "c.ipynb", "title": "C", "sourceCells": [3]}
          ]
        }
        """;

    [Fact]
    public void Title_and_order_and_titles_of_the_notebooks_are_read()
    {
        ChapterManifest manifest = Parse(Good);

        Assert.Equal("30. Threads", manifest.Title);
        Assert.Equal([("a.ipynb", "A"), ("b.ipynb", "B"), ("c.ipynb", "C")], manifest.Notebooks.Select(notebook => (notebook.File, notebook.Title)));
    }

    [Fact]
    public void A_notebook_has_its_source_cells_by_their_numbers_in_the_chapter()
    {
        ChapterManifest manifest = Parse(Good);

        Assert.Equal([new SourceCell(1), new SourceCell(2)], manifest.SourceCellsOf(new NotebookFile("/x/a.ipynb")));
        Assert.Empty(manifest.SourceCellsOf(new NotebookFile("/x/b.ipynb"))!);
        Assert.Equal([new SourceCell(3)], manifest.SourceCellsOf(new NotebookFile("/x/c.ipynb")));
        Assert.Null(manifest.SourceCellsOf(new NotebookFile("/x/d.ipynb")));
    }

    [Fact]
    public void What_a_notebook_is_about_and_takes_and_needs_may_be_said()
    {
        ChapterNotebook notebook = Parse("""{"title": "T", "notebooks": [{"file": "a.ipynb", "title": "A", "about": "스레드입니다.", "minutes": 30, "needs": "인터넷"}]}""").Notebooks[0];

        Assert.Equal(("스레드입니다.", 30, "인터넷"), (notebook.About, notebook.Minutes, notebook.Needs));
        Assert.Equal((null, null, null), (Parse(Good).Notebooks[0].About, Parse(Good).Notebooks[0].Minutes, Parse(Good).Notebooks[0].Needs));
    }

    [Theory]
    [InlineData("{\n]", "not a chapter manifest (line 2)")]
    [InlineData("null", "not a chapter manifest")]
    [InlineData("[]", "not a chapter manifest")]
    [InlineData("""{"notebooks": []}""", "title")]
    [InlineData("""{"title": "T", "notebook": []}""", "notebook")]
    [InlineData("""{"title": "T", "notebooks": []}""", "the chapter has no notebooks")]
    [InlineData("""{"title": " ", "notebooks": [{"file": "a.ipynb", "title": "A"}]}""", "the chapter has no title")]
    [InlineData("""{"title": "T", "notebooks": [null]}""", "notebook 1 is null")]
    [InlineData("""{"title": "T", "notebooks": [{"file": "a.ipynb", "title": "A"}, {"file": "../b.ipynb", "title": "B"}]}""", "notebook 2 is in the file '../b.ipynb'")]
    [InlineData("""{"title": "T", "notebooks": [{"file": "a.txt", "title": "A"}]}""", "'a.txt'")]
    [InlineData("""{"title": "T", "notebooks": [{"file": "a.ipynb", "title": ""}]}""", "notebook 1 (a.ipynb) has no title")]
    [InlineData("""{"title": "T", "notebooks": [{"file": "a.ipynb", "title": "A", "sourceCells": ["In [15]"]}]}""", "(line 1): \"In [15]\" is no source cell; write its number in the chapter, from 1")]
    [InlineData("""{"title": "T", "notebooks": [{"file": "a.ipynb", "title": "A", "sourceCells": [1.5]}]}""", "a Number is no source cell")]
    [InlineData("""{"title": "T", "notebooks": [{"file": "a.ipynb", "title": "A", "sourceCells": [1, 3]}]}""", "a.ipynb has source cell 3 where 2 comes next; number them 1, 2, 3, ...")]
    [InlineData("""{"title": "T", "notebooks": [{"file": "a.ipynb", "title": "A", "sourceCells": [1]}, {"file": "b.ipynb", "title": "B", "sourceCells": [1]}]}""", "b.ipynb has source cell 1 where 2 comes next")]
    [InlineData("""{"title": "T", "notebooks": [{"file": "a.ipynb", "title": "A", "minutes": 0}]}""", "notebook 1 (a.ipynb) takes 0 minutes")]
    [InlineData("""{"title": "T", "notebooks": [{"file": "a.ipynb", "title": "A", "about": " "}]}""", "notebook 1 (a.ipynb) has an empty 'about' or 'needs'")]
    [InlineData("""{"title": "T", "notebooks": [{"file": "a.ipynb", "title": "A"}, {"file": "a.ipynb", "title": "B"}]}""", "a.ipynb is listed twice")]
    public void A_manifest_that_cannot_be_used_is_told_in_one_line(string json, string expected)
    {
        string message = Assert.Throws<InvalidInputException>(() => Parse(json)).Message;

        Assert.StartsWith("notebooks/chapter.json: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static ChapterManifest Parse(string json) => ChapterManifest.Parse(Encoding.UTF8.GetBytes(json), "notebooks/chapter.json");
}
