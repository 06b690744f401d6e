namespace Multiprocessing.Package.Tests;

/// <summary>Programs of other kinds than a console program.</summary>
[Collection(nameof(TestPackage))]
public class ProgramKindTests(TestPackage package)
{
    private const int Long = 600_000;

    [Fact(IsLong = true, Timeout = Long)]
    public async Task A_program_that_is_one_source_file_runs()
    {
        Consumer consumer = (await package.ConsumerAsync("file")).Write("app.cs", $"#:package Multiprocessing@{package.Version}\n#:property PublishAot=false\n{Samples.Program}");

        Assert.Equal(Samples.Output, (await consumer.DotnetAsync("run", "app.cs")).Succeeded());
    }

    [Fact(IsLong = true, Timeout = Long)]
    public async Task A_program_that_is_one_source_file_and_says_nothing_of_PublishAot_runs_and_is_told()
    {
        Consumer consumer = (await package.ConsumerAsync("file")).Write("app.cs", $"#:package Multiprocessing@{package.Version}\n{Samples.Program}");
        string output = (await consumer.DotnetAsync("run", "app.cs")).Succeeded();

        Assert.EndsWith(Samples.Output, output, StringComparison.Ordinal);
        Assert.Contains("#:property PublishAot=false", output, StringComparison.Ordinal);
    }

    [Fact(IsLong = true, Timeout = Long)]
    public async Task A_test_may_use_workers()
    {
        Consumer consumer = await package.ConsumerAsync("tests");
        consumer.Write("tests.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <OutputType>Exe</OutputType>
                <NoWarn>NU1603</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.0.1" />
                <PackageReference Include="xunit.runner.visualstudio" Version="4.0.1" />
                <PackageReference Include="xunit.v3.mtp-off" Version="4.0.2" />
                <PackageReference Include="Multiprocessing" Version="{package.Version}" />
              </ItemGroup>
            </Project>
            """);
        consumer.Write("PoolTests.cs",
            """
            using Multiprocessing;
            using Xunit;

            public class PoolTests
            {
                [Fact]
                public void A_pool_squares()
                {
                    int offset = 7;
                    using var pool = new WorkerPool(processes: 2);
                    Assert.Equal([8, 11, 16], pool.Map(x => { Assert.NotEqual(0, x); return x * x + offset; }, new[] { 1, 2, 3 }));
                }
            }
            """);

        Assert.Matches("Passed: +1,", (await consumer.DotnetAsync("test")).Succeeded());
    }

    [Fact(IsLong = true, Timeout = Long)]
    public async Task A_web_application_answers_with_what_a_worker_has_calculated()
    {
        const string program =
            """
            using Microsoft.AspNetCore.Http.Extensions;
            using Microsoft.AspNetCore.WebUtilities;
            using Multiprocessing;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddSingleton(_ => new WorkerPool(processes: 1));
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();

            // In the worker it uses what belongs to ASP.NET Core, and not to .NET itself.
            app.MapGet("/{n}", async (int n, WorkerPool pool) => await pool.RunAsync(() => QueryHelpers.AddQueryString("/squares", n.ToString(), (n * n).ToString())));
            await app.StartAsync();
            using var client = new HttpClient();
            Console.WriteLine("answer " + await client.GetStringAsync(app.Urls.First() + "/12"));
            await app.StopAsync();
            """;
        Consumer consumer = await (await package.ConsumerAsync("web")).CreateAsync("web", program);

        Assert.Contains("answer /squares?12=144\n", (await consumer.DotnetAsync("run")).Succeeded(), StringComparison.Ordinal);
    }

    [Fact(IsLong = true, Timeout = Long)]
    public async Task A_notebook_takes_the_package_in_its_kernel()
    {
        Consumer consumer = await package.ConsumerAsync("notebook");
        consumer.Write("package.ipynb", Notebooks.Of(
            $"#r \"nuget: Multiprocessing, {package.Version}\"",
            "using Multiprocessing;\nint Square(int x) => x * x;\nusing (var pool = new WorkerPool(processes: 2))\n    Console.WriteLine(string.Join(' ', pool.Map(Square, new[] { 1, 2, 3 })));"));
        (await consumer.DotnetAsync(TestPackage.Runner, "run", "package.ipynb", "--in-place")).Succeeded();

        Assert.Contains("1 4 9", await File.ReadAllTextAsync(Path.Combine(consumer.Folder, "package.ipynb")), StringComparison.Ordinal);
    }

    [Fact(IsLong = true, Timeout = Long)]
    public async Task A_notebook_takes_the_package_in_DotNet_Interactive()
    {
        string? kernel = TestPackage.DotNetInteractive;
        Assert.SkipWhen(kernel is null, "no .NET Interactive here: name its command line in DOTNET_INTERACTIVE_KERNEL, as .ci/run does");
        Consumer consumer = await package.ConsumerAsync("interactive");
        consumer.Write("package.ipynb", Notebooks.Of(
            $"#i \"nuget:{package.Feed}\"\n#r \"nuget: Multiprocessing, {package.Version}\"",
            "using Multiprocessing;\nint Square(int x) => x * x;\nusing (var pool = new WorkerPool(processes: 2))\n    Console.WriteLine(string.Join(' ', pool.Map(Square, new[] { 1, 2, 3 })));",
            "using System.Threading;\nvoid Doze() => Thread.Sleep(-1);\nvar sleeper = new WorkerProcess(Doze) { Name = \"sleeper\" };\nsleeper.Start();",
            "#!workers",
            "#!kill-workers",
            "Console.WriteLine($\"alive: {sleeper.IsAlive}\");"));
        (await consumer.DotnetAsync(TestPackage.Runner, "run", "package.ipynb", "--in-place", "--kernel", $"{kernel} stdio")).Succeeded();

        string executed = await File.ReadAllTextAsync(Path.Combine(consumer.Folder, "package.ipynb"));
        Assert.Contains("1 4 9", executed, StringComparison.Ordinal);
        Assert.Matches(@"sleeper +\d+ +\d+ +Doze", executed);
        Assert.Contains("alive: False", executed, StringComparison.Ordinal);
        Assert.DoesNotContain(package.Packages, executed, StringComparison.Ordinal);
    }
}
