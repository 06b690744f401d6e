using System.Text;
using NotebookRunner.Documents;

namespace NotebookRunner.Tests.Documents;

public class InvalidNotebookTests
{
    [Theory]
    [InlineData("", "not JSON (line 1)")]
    [InlineData("{\n \"cells\": [],\n oops\n}", "not JSON (line 3)")]
    [InlineData("{\"nbformat\": 4, \"nbformat\": 4, \"cells\": []}", "not JSON")]
    [InlineData("[1]", "not a notebook")]
    [InlineData("{\"cells\": []}", "without 'nbformat'")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "nbformat 3 is not read here")]
    [InlineData("{\"nbformat\": \"4\", \"cells\": []}", "nbformat \"4\" is not read here")]
    [InlineData("{\"nbformat\": 4}", "no list of 'cells'")]
    [InlineData("{\"nbformat\": 4, \"cells\": [7]}", "cell 1 is not a JSON object")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"heading\", \"source\": \"\"}]}", "cell 1 is of type 'heading'")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\"}, {\"cell_type\": \"code\"}]}", "cell 2 has no source")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\\ud800\"}]}", "cell 1 holds half a character")]
    public void What_is_wrong_is_said_in_one_line(string text, string expected) => AssertRefused(Encoding.UTF8.GetBytes(text), expected);

    [Fact]
    public void Text_in_another_encoding_is_refused() => AssertRefused([(byte)'"', 0xB0, 0xA1, (byte)'"'], "not UTF-8");

    [Theory]
    [InlineData("""{"polyglot_notebook":{"kernelName":"fsharp"}}""", "fsharp")]
    [InlineData("""{"dotnet_interactive":{"language":"pwsh"}}""", "pwsh")]
    [InlineData("""{"vscode":{"languageId":"python"}}""", "python")]
    public void A_cell_in_another_language_is_named(string metadata, string language)
    {
        string message = RefusedLanguage($$"""{"cell_type":"code","metadata":{{metadata}},"source":"x"}""", "C#");

        Assert.Contains($"cell 1 is in '{language}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_for_another_kernel_is_named()
    {
        Assert.Contains("cell 1 is in 'python'", RefusedLanguage("""{"cell_type":"code","metadata":{},"source":"x"}""", "python"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"cell_type":"code","metadata":{"vscode":{"languageId":"csharp"}},"source":"x"}""", "python")]
    [InlineData("""{"cell_type":"code","metadata":{},"source":"x"}""", "C#")]
    [InlineData("""{"cell_type":"code","metadata":{"vscode":{"languageId":"python"}},"source":"  \n"}""", "C#")]
    [InlineData("""{"cell_type":"markdown","metadata":{},"source":"x"}""", "python")]
    public void Only_cells_that_would_run_need_to_be_CSharp(string cell, string notebookLanguage) =>
        NotebookLanguage.RequireCSharp(Parse(cell, notebookLanguage), "x.ipynb");

    [Theory]
    [InlineData("""{"kernelspec":{"language":"C#","name":".net-csharp"},"language_info":{"name":"polyglot-notebook"}}""")]
    [InlineData("""{"kernelspec":{"name":".net-csharp"},"language_info":{"name":"polyglot-notebook"}}""")]
    [InlineData("""{"language_info":{"name":"polyglot-notebook"}}""")]
    [InlineData("""{"kernelspec":{"language":"csharp","name":".net-csharp"},"language_info":{"name":"csharp"}}""")]
    [InlineData("""{"language_info":{"name":"C#"}}""")]
    public void Notebooks_of_every_editor_for_CSharp_are_CSharp(string metadata)
    {
        foreach (string cell in (string[])["{}", """{"vscode":{"languageId":"polyglot-notebook"}}"""])
        {
            NotebookLanguage.RequireCSharp(
                NotebookDocument.Parse(
                    Encoding.UTF8.GetBytes($$"""{"cells":[{"cell_type":"code","metadata":{{cell}},"source":"x"}],"metadata":{{metadata}},"nbformat":4}"""), "x.ipynb"),
                "x.ipynb");
        }
    }

    [Fact]
    public void A_kernel_for_another_language_counts_whatever_Polyglot_Notebooks_calls_its_cells()
    {
        var document = NotebookDocument.Parse(
            """
            {"cells":[{"cell_type":"code","metadata":{"vscode":{"languageId":"polyglot-notebook"}},"source":"x"}],
             "metadata":{"kernelspec":{"name":".net-fsharp"},"language_info":{"name":"polyglot-notebook"}},"nbformat":4}
            """u8,
            "x.ipynb");

        var exception = Assert.Throws<InvalidInputException>(() => NotebookLanguage.RequireCSharp(document, "x.ipynb"));
        Assert.Contains("cell 1 is in '.net-fsharp'", exception.Message, StringComparison.Ordinal);
    }

    private static string RefusedLanguage(string cell, string notebookLanguage)
    {
        var exception = Assert.Throws<InvalidInputException>(() => NotebookLanguage.RequireCSharp(Parse(cell, notebookLanguage), "x.ipynb"));
        Assert.StartsWith("x.ipynb: ", exception.Message, StringComparison.Ordinal);
        return exception.Message;
    }

    private static NotebookDocument Parse(string cell, string language) => NotebookDocument.Parse(
        Encoding.UTF8.GetBytes($$$"""{"cells":[{{{cell}}}],"metadata":{"kernelspec":{"language":"{{{language}}}","name":"k"}},"nbformat":4}"""), "x.ipynb");

    private static void AssertRefused(byte[] bytes, string expected)
    {
        var exception = Assert.Throws<InvalidInputException>(() => NotebookDocument.Parse(bytes, "bad.ipynb"));

        Assert.StartsWith("bad.ipynb: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }
}
