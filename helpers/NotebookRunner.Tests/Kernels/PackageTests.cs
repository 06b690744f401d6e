namespace NotebookRunner.Tests.Kernels;

/// <summary>Cells that ask for packages.</summary>
public sealed class PackageTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    private const int Patience = 120_000;

    [RegistryFact(Timeout = Patience)]
    public async Task A_package_can_be_used_in_the_cell_that_asks_for_it_and_after()
    {
        var result = await kernels.RunAsync("using Newtonsoft.Json;\n#r \"nuget: Newtonsoft.Json, 13.0.1\"\nConsole.Write(JsonConvert.SerializeObject(new { A = 1 }));");
        Assert.Equal("{\"A\":1}", result.Output());
        Assert.Contains("Newtonsoft.Json, 13.0.1", Assert.Single(result.Displayed()).MimeBundle["text/html"], StringComparison.Ordinal);
        Assert.Equal("{}", (await kernels.RunAsync("Console.Write(new Newtonsoft.Json.Linq.JObject());")).Output());
        var again = await kernels.RunAsync("#r \"nuget: Newtonsoft.Json\"");
        Assert.Empty(again.Displayed());
        Assert.Contains("13.0.1", (await kernels.RunAsync("#r \"nuget: Newtonsoft.Json, 13.0.3\"")).Error().Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_package_that_cannot_be_had_is_told_in_one_line()
    {
        var error = (await kernels.RunAsync("#r \"nuget: No.Such.Package.Of.Ours, 1.0.0\"\nConsole.Write(1);")).Error();
        Assert.Contains("No.Such.Package.Of.Ours", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
