using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Tests.Kernels;

/// <summary>The client asks either kernel what could be written next.</summary>
public sealed class CompletionTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    public static TheoryData<string> Kernels => DialectTests.Kernels;

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task Between_two_cells_it_is_told_the_members_of_an_earlier_cells_variable(string kernel)
    {
        var process = await kernels.GetAsync(kernel);
        (await process.ExecuteAsync("var asked = new List<int> { 1 };")).AssertSucceeded();
        var found = await process.RequestCompletionsAsync("asked.", new PositionContent(0, 6));
        Assert.Contains(found, completion => completion.DisplayText == "Add");
        Assert.DoesNotContain(found, completion => completion.DisplayText == "asked");
        Assert.Equal("1", (await process.ExecuteAsync("Console.Write(asked.Count);")).Output());
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task Where_nothing_can_be_written_there_is_no_answer(string kernel) =>
        Assert.Empty(await (await kernels.GetAsync(kernel)).RequestCompletionsAsync("unknownName.", new PositionContent(0, 12)));
}
