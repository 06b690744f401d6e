using NotebookRunner.Execution;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels;

/// <summary>Cells that ask for packages.</summary>
public sealed class PackageTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    private static readonly string Multiprocessing = Path.Combine(NotebookFiles.FindRepository(AppContext.BaseDirectory)!, "helpers", "bin", "Multiprocessing.dll");

    [RegistryFact]
    public async Task A_package_can_be_used_in_the_cell_that_asks_for_it_and_after()
    {
        var result = await kernels.RunAsync("using Newtonsoft.Json;\n#r \"nuget: Newtonsoft.Json, 13.0.1\"\nConsole.Write(JsonConvert.SerializeObject(new { A = 1 }));");
        Assert.Equal("{\"A\":1}", result.Output());
        Assert.Equal(Installing("Newtonsoft.Json"), Assert.Single(result.Displayed()).MimeBundle["text/html"]);
        Assert.Equal(Installed("Newtonsoft.Json, 13.0.1"), Assert.Single(result.Events.OfType<DisplayedValueChanged>()).MimeBundle["text/html"]);
        Assert.Equal("{}", (await kernels.RunAsync("Console.Write(new Newtonsoft.Json.Linq.JObject());")).Output());
        var again = await kernels.RunAsync("#r \"nuget: Newtonsoft.Json\"");
        Assert.Equal(Installed("Newtonsoft.Json, 13.0.1"), Assert.Single(again.Events.OfType<DisplayedValueChanged>()).MimeBundle["text/html"]);
        Assert.Contains("13.0.1", (await kernels.RunAsync("#r \"nuget: Newtonsoft.Json, 13.0.3\"")).Error().Message, StringComparison.Ordinal);
    }

    [RegistryFact]
    public async Task A_version_that_is_there_will_do_for_every_range_that_it_lies_in()
    {
        await using var kernel = await KernelProcess.StartAsync(KernelCommandLine.Embedded, kernels.Folder);
        string present = Installed("Newtonsoft.Json, 13.0.1");
        foreach (string version in (string[])["13.0.1", "[13.0.1, 14)", "13.*", "13.0.1.0", "[13.0.1]"])
        {
            var result = await kernel.ExecuteAsync($"#r \"nuget: Newtonsoft.Json, {version}\" // a comment\n1");
            Assert.True(result.Succeeded, string.Join('\n', result.Events.OfType<ErrorRaised>()));
            Assert.Equal(present, Assert.Single(result.Events.OfType<DisplayedValueChanged>()).MimeBundle["text/html"]);
        }

        Assert.Equal(
            "Newtonsoft.Json version [12,13) cannot be added because version 13.0.1 was added previously.", (await kernel.ExecuteAsync("#r \"nuget: Newtonsoft.Json, [12,13)\"")).Error().Message);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("1,1.0")]
    [InlineData("")]
    [InlineData("[2,1]")]
    [InlineData("1.0 beta")]
    public async Task What_is_no_version_is_told_in_one_line(string version) => Assert.Equal(
        $"'{version}' is no version of Newtonsoft.Json. Write #r \"nuget: Newtonsoft.Json, 1.2.3\", or 1.* or [1.2,2) for the newest one of these, or no version for the newest of all.",
        (await kernels.RunAsync($"#r \"nuget: Newtonsoft.Json, {version}\"\n1")).Error().Message);

    [Fact]
    public async Task A_package_that_cannot_be_had_is_told_in_one_line()
    {
        var result = await kernels.RunAsync("#r \"nuget: No.Such.Package.Of.Ours, 1.0.0\"\nConsole.Write(1);");
        var error = result.Error();
        Assert.Contains("No.Such.Package.Of.Ours", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal("<div><div></div><div></div><div></div></div>", Assert.Single(result.Events.OfType<DisplayedValueChanged>()).MimeBundle["text/html"]);
    }

    [Theory]
    [InlineData("가 나")]
    // A semicolon ends a path for NuGet itself.
    [InlineData("100%25 $(b)@(c)'")]
    public async Task The_NuGet_configuration_of_a_folder_holds_whatever_its_name_is(string name)
    {
        using var folder = new TemporaryFolder();
        folder.Write(Path.Combine(name, "NuGet.Config"), "<configuration><packageSources><clear /><add key=\"only-here\" value=\"feed\" /></packageSources></configuration>");
        Directory.CreateDirectory(folder[name, "feed"]);
        await using var kernel = await KernelProcess.StartAsync(KernelCommandLine.Embedded, folder[name]);

        string message = (await kernel.ExecuteAsync("#r \"nuget: No.Such.Package.Of.Ours, 1.0.0\"")).Error().Message;

        Assert.Contains("only-here", message, StringComparison.Ordinal);
    }

    [RegistryFact("Humanizer.Core.fr", "2.14.1")]
    public async Task Texts_in_another_language_that_are_a_package_of_their_own_are_found_and_in_a_worker_too()
    {
        await using var kernel = await KernelProcess.StartAsync(KernelCommandLine.Embedded, kernels.Folder);
        await kernel.ExecuteAsync($"#r \"{Multiprocessing}\"\n#r \"nuget: Humanizer.Core.fr, 2.14.1\"\nusing Multiprocessing; using Humanizer; using System.Globalization;");
        var result = await kernel.ExecuteAsync(
            """
            static string Words() => TimeSpan.FromDays(3).Humanize(culture: CultureInfo.GetCultureInfo("fr-FR"));
            Console.Write($"{Words()}, {await WorkerProcess.RunAsync(() => Words())}");
            """);
        result.AssertSucceeded();
        Assert.Equal("3 jours, 3 jours", result.Output());
    }

    // SQLite's provider for .NET loads its own parts by name, and a native library with them, from packages that nothing refers to.
    [RegistryFact("Microsoft.Data.Sqlite", "9.0.0", WithRealKernel = true)]
    public Task What_a_package_loads_by_name_is_found_by_the_real_kernel_and_its_workers() => LoadByNameAsync(RealKernel.CommandLine(kernels.Folder));

    [RegistryFact("Microsoft.Data.Sqlite", "9.0.0")]
    public Task What_a_package_loads_by_name_is_found_and_in_a_worker_too() => LoadByNameAsync(KernelCommandLine.Embedded);

    private async Task LoadByNameAsync(KernelCommandLine commandLine)
    {
        await using var kernel = await KernelProcess.StartAsync(commandLine, kernels.Folder);
        await kernel.ExecuteAsync($"#r \"{Multiprocessing}\"\n#r \"nuget: Microsoft.Data.Sqlite, 9.0.0\"\nusing Multiprocessing; using Microsoft.Data.Sqlite;");
        var result = await kernel.ExecuteAsync(
            """
            static long Select()
            {
                using var connection = new SqliteConnection("Data Source=:memory:");
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "select 1 + 1";
                return (long)command.ExecuteScalar();
            }

            Console.Write(Select());
            Console.Write(await WorkerProcess.RunAsync(() => Select()));
            Console.Write(await WorkerProcess.RunAsync(() => Type.GetType("SQLitePCL.Batteries_V2, SQLitePCLRaw.batteries_v2")?.Name));
            using (var pool = new WorkerPool(2))
                Console.Write(string.Concat(pool.Map(_ => Select(), new[] { 1, 2 })));
            """);
        result.AssertSucceeded();
        Assert.Equal("22Batteries_V222", result.Output());
    }

    // What it shows meanwhile in the real one grows by a dot every half second.
    [RealKernelFact]
    public async Task The_real_kernel_shows_the_same_of_the_same_cells()
    {
        string[] cells =
        [
            "#r \"nuget: Newtonsoft.Json, 13.0.1\"", "#r \"nuget: newtonsoft.json\"", "#r \"nuget: Newtonsoft.Json, 13.0.3\"", "#r \"nuget: No.Such.Package.Of.Ours, 1.0.0\"",
            $"#i \"nuget:{kernels.Folder}\"\n#r \"nuget: Newtonsoft.Json, 13.0.1\"",
        ];
        await using var embedded = await KernelProcess.StartAsync(KernelCommandLine.Embedded, kernels.Folder);
        await using var real = await KernelProcess.StartAsync(RealKernel.CommandLine(kernels.Folder), kernels.Folder);
        foreach (string cell in cells)
            Assert.Equal(Shown(await real.ExecuteAsync(cell)), Shown(await embedded.ExecuteAsync(cell)));
    }

    private static string Installing(string packages) => $"<div><div></div><div><strong>Installing Packages</strong><ul><li><span>{packages}</span></li></ul></div><div></div></div>";

    private static string Installed(string packages) => $"<div><div></div><div></div><div><strong>Installed Packages</strong><ul><li><span>{packages}</span></li></ul></div></div>";

    private static string Shown(CellResult result) => string.Join('\n',
        result.Succeeded,
        result.Events.OfType<ValueDisplayed>().FirstOrDefault()?.MimeBundle["text/html"],
        result.Events.OfType<DisplayedValueChanged>().LastOrDefault()?.MimeBundle["text/html"]);
}
