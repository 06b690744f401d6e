using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Execution;

public class OptionalPackagesTests
{
    private const string Source = "using X;\n#r \"nuget: X, 1.0\"\nF();";
    private const string NotRestored = "The packages could not be restored: error NU1101: Unable to find package X.";

    private readonly OptionalPackages _packages = new();

    [Fact]
    public void A_tagged_cell_whose_package_cannot_be_restored_is_passed_over_and_so_are_the_tagged_ones_after_it()
    {
        Assert.Null(_packages.ReasonToSkip(Cell("1", OptionalPackages.Tag)));
        Assert.Equal(("#r \"nuget: X, 1.0\" cannot be restored on this machine", "error NU1101: Unable to find package X."), Reason(Source, NotRestored, OptionalPackages.Tag));
        Assert.Contains("code cell 3", _packages.ReasonToSkip(Cell("1", OptionalPackages.Tag)), StringComparison.Ordinal);
        Assert.Null(_packages.ReasonToSkip(Cell("1")));
    }

    [Fact]
    public void A_cell_that_says_what_it_needs_runs_without_the_rest()
    {
        Reason(Source, NotRestored, OptionalPackages.Tag);

        Assert.Null(_packages.ReasonToSkip(Cell("#r \"nuget: Y\"", OptionalPackages.Tag)));
        Assert.Null(_packages.ReasonToSkip(Needing("Y")));
        Assert.Null(_packages.ReasonToSkip(Needing()));
        Assert.Equal("it needs x, which code cell 3 could not restore", _packages.ReasonToSkip(Needing("Y", "x")));
    }

    [Fact]
    public void One_package_may_be_named_without_a_list()
    {
        NotebookCell cell = Needing();
        cell.Metadata["needs"] = "X.Y";

        Assert.Equal(["X.Y"], OptionalPackages.Needs(cell));
    }

    [Fact]
    public void Of_a_cell_that_asks_for_several_packages_none_has_come()
    {
        Reason("#r \"nuget: X\"\n#r \"nuget:Y.Z, 2.0\"", NotRestored, OptionalPackages.Tag);

        Assert.NotNull(_packages.ReasonToSkip(Needing("X")));
        Assert.NotNull(_packages.ReasonToSkip(Needing("Y.Z")));
    }

    [Theory]
    [InlineData("/tmp/x.csproj : error NU1301: Unable to load the service index for source\n[/tmp/x.csproj]", "error NU1301: Unable to load the service index for source")]
    [InlineData("The packages could not be restored: no reason given", "no reason given")]
    public void Every_kernel_has_its_own_words_for_it(string error, string cause) => Assert.Equal(cause, Reason(Source, error, OptionalPackages.Tag)?.Cause);

    [Theory]
    [InlineData(Source, NotRestored)]
    [InlineData("throw new Exception(\"NU1101\");", "System.Exception: NU1101", OptionalPackages.Tag)]
    [InlineData(Source, "System.InvalidOperationException: boom", OptionalPackages.Tag)]
    [InlineData("// #r \"nuget: X\"\nF();", NotRestored, OptionalPackages.Tag)]
    public void Any_other_failure_is_a_failure(string source, string error, params string[] tags)
    {
        Assert.Null(Reason(source, error, tags));
        Assert.Null(_packages.ReasonToSkip(Cell("1", OptionalPackages.Tag)));
    }

    [Fact]
    public void The_output_says_what_happened_and_is_known_again()
    {
        CellOutput note = CellOutput.FromJson(OptionalPackages.Note("a reason").ToJson());

        Assert.Equal("Skipped: a reason.", Assert.IsType<DisplayOutput>(note).Data["text/plain"]);
        Assert.True(OptionalPackages.WasSkipped([note]));
        Assert.False(OptionalPackages.WasSkipped([]));
        Assert.False(OptionalPackages.WasSkipped([new DisplayOutput(new MimeBundle([KeyValuePair.Create("text/plain", "Skipped: a reason.")]))]));
    }

    private (string Reason, string Cause)? Reason(string source, string error, params string[] tags) =>
        _packages.ReasonForFailure(Cell(source, tags), number: 3, [new ErrorOutput("Error", error, [])]);

    private static NotebookCell Needing(params string[] packages) => new TestNotebook()
        .Code("1", new JsonObject { ["tags"] = new JsonArray(OptionalPackages.Tag), ["needs"] = new JsonArray([.. packages.Select(id => JsonValue.Create(id))]) })
        .ToDocument().Cells[0];

    private static NotebookCell Cell(string source, params string[] tags) => new TestNotebook().Code(source, tags).ToDocument().Cells[0];
}
