namespace Multiprocessing.Tests.Documentation;

/// <summary>The code in the documentation: each block is a whole program, and the block after it what it prints.</summary>
public sealed class SampleTests
{
    /// <summary>Every sample, by the page and the line where it begins.</summary>
    public static IEnumerable<TheoryDataRow<string>> All => Sample.All.Select(static sample => new TheoryDataRow<string>(sample.Place));

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_sample_prints_what_the_page_says(string place)
    {
        Sample sample = Sample.All.Single(sample => sample.Place == place);
        using SampleProgram program = SampleProgram.Build(sample);
        Assert.Equal(sample.Output, await program.RunAsync());
    }

    [Fact]
    public void The_pages_have_samples() =>
        Assert.Superset(new HashSet<string> { "README.md", "docs/library.md", "docs/python.md", "helpers/Multiprocessing/Package/README.md" }, Sample.All.Select(static sample => sample.Page).ToHashSet());
}
