using System.Text.Json.Nodes;

namespace NotebookRunner.Tests.Programs;

public class RollForwardTests
{
    [Fact]
    public void Every_program_starts_where_there_is_a_later_DotNet_alone()
    {
        string[] programs = [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.runtimeconfig.json", SearchOption.AllDirectories)];

        Assert.Superset(
            new HashSet<string> { "NotebookRunner", "NotebookRunner.Tests.Transcripts" },
            programs.Select(program => Path.GetFileName(program).Split(".runtimeconfig")[0]).ToHashSet());
        Assert.All(programs, program => Assert.Equal("Major", (string?)JsonNode.Parse(File.ReadAllText(program))!["runtimeOptions"]!["rollForward"]));
    }
}
