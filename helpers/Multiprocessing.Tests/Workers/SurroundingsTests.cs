using System.Globalization;
using System.Reflection;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Pools;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Tests.Workers;

[Collection(nameof(SurroundingsTests))]
[CollectionDefinition(nameof(SurroundingsTests), DisableParallelization = true)]
public class SurroundingsTests
{
    [Fact]
    public async Task A_worker_has_the_working_directory_of_the_moment()
    {
        string before = Environment.CurrentDirectory;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("작업 ");
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            using TestHost test = new();
            Assert.Equal(Environment.CurrentDirectory, await test.RunAsync(static () => Environment.CurrentDirectory));
        }
        finally
        {
            Environment.CurrentDirectory = before;

            // Windows deletes no folder in which a process stands: the worker has ended with its host.
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_function_finds_what_lies_beside_the_program()
    {
        using TestHost test = new();
        Assert.Equal(AppContext.BaseDirectory, await test.RunAsync(static () => AppContext.BaseDirectory));
        Assert.True(await test.RunAsync(static () => File.Exists(Path.Combine(AppContext.BaseDirectory, "Multiprocessing.Tests.dll"))));
    }

    [Fact]
    public async Task The_program_of_the_parent_is_that_of_a_function_that_is_part_of_it_and_of_what_that_starts()
    {
        string? program = Assembly.GetEntryAssembly()?.FullName;
        using TestHost test = new();
        Assert.StartsWith("Multiprocessing.Tests,", program, StringComparison.Ordinal);
        Assert.Equal(program, await test.RunAsync(EntryAssembly));
        Assert.Equal(program, await test.RunAsync(static () => WorkerProcess.RunAsync(EntryAssembly)));

        static string? EntryAssembly() => Assembly.GetEntryAssembly()?.FullName;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_its_runtime_prints_before_anybody_has_taken_a_worker_is_for_nobody(bool runsCells)
    {
        using TestHost program = new() { RunsCells = runsCells };
        using WorkerStock stock = new(program.Host, usualSize: 1, TimeSpan.FromMinutes(1));
        int died = 0;
        string? before = Environment.GetEnvironmentVariable("DOTNET_STARTUP_HOOKS");
        try
        {
            // A runtime that has no such hook says so, and ends.
            Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", "NoSuchHook");
            Assert.True(Rendezvous.Await(() =>
            {
                stock.Refill();
                died += stock.ProcessIds().Count(static id => !Processes.Exists(id));
                return died > 3;
            }));
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", before);
        }

        using TestCell cell = program.BeginCell();
        program.Host.Output.BeginWait(null).Dispose();
        Assert.Equal("", cell.Output + cell.Error + program.Stray);
    }

    [Fact]
    public async Task Workers_that_wait_for_a_call_do_not_keep_the_working_directory_from_being_deleted()
    {
        using TestHost test = new();
        string before = Environment.CurrentDirectory;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("where it was ");
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            test.Host.Stock.Prepare(1);
            Assert.True(Rendezvous.Await(() => test.Host.Stock.ProcessIds().Length > 0));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        folder.Delete();
        Assert.Equal(before, await test.RunAsync(static () => Environment.CurrentDirectory));
    }

    [LinuxFact("Windows lets nobody delete the folder in which a process stands")]
    public async Task A_worker_runs_even_if_the_working_directory_is_gone()
    {
        string before = Environment.CurrentDirectory;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gone-");
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            folder.Delete();
            Assert.Equal(5, await WorkerProcess.RunAsync(() => 5));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public async Task A_worker_has_the_environment_of_the_moment_and_nothing_else()
    {
        Environment.SetEnvironmentVariable("MULTIPROCESSING_TEST", "값 = 1");
        string[] here = Names();
        string[] there = await WorkerProcess.RunAsync(Names);
        string? value = await WorkerProcess.RunAsync(() => Environment.GetEnvironmentVariable("MULTIPROCESSING_TEST"));
        Environment.SetEnvironmentVariable("MULTIPROCESSING_TEST", null);
        string? gone = await WorkerProcess.RunAsync(() => Environment.GetEnvironmentVariable("MULTIPROCESSING_TEST"));

        Assert.Equal(here, there);
        Assert.Equal("값 = 1", value);
        Assert.Null(gone);
    }

    /// <summary>A variable of Windows has 32,766 characters at most; Linux starts no process with one of 128 KB and more, nor with more than some MB in all.</summary>
    [Theory]
    [InlineData(1, 32_766)]
    [InlineData(40, 32_766)]
    [InlineData(1, 200_000)]
    public async Task Variables_that_are_long_or_many_arrive_even_if_no_process_can_be_started_with_them(int count, int length)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && length > 32_766, "Windows has no variable of that length");
        string[] names = [.. Enumerable.Range(0, count).Select(static i => $"MULTIPROCESSING_LONG_{i}")];
        string value = new('가', length);
        Array.ForEach(names, name => Environment.SetEnvironmentVariable(name, value));
        try
        {
            int?[] expected = [.. Enumerable.Repeat<int?>(length, count)];
            Assert.Equal(expected, await WorkerProcess.RunAsync(() => Array.ConvertAll(names, LengthOf)));

            // Its first worker is started from here, and not taken from a stock.
            using TestHost test = new();
            Assert.Equal(expected, await test.RunAsync(() => Array.ConvertAll(names, LengthOf)));

            AppContext.SetSwitch(WorkerLauncher.PortableSwitch, true);
            using TestHost portable = new();
            Assert.Equal(expected, await portable.RunAsync(() => Array.ConvertAll(names, LengthOf)));
        }
        finally
        {
            AppContext.SetSwitch(WorkerLauncher.PortableSwitch, false);
            Array.ForEach(names, static name => Environment.SetEnvironmentVariable(name, null));
        }

        static int? LengthOf(string name) => Environment.GetEnvironmentVariable(name)?.Length;
    }

    [Fact]
    public async Task A_worker_has_the_cultures_of_the_caller()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ko-KR");
            Assert.Equal("1,5 ko-KR", await WorkerProcess.RunAsync(() => $"{1.5} {CultureInfo.CurrentUICulture.Name}"));

            CultureInfo own = new("en-US");
            own.NumberFormat.NumberDecimalSeparator = "·";
            CultureInfo.CurrentCulture = own;
            Assert.Equal("1·5", await WorkerProcess.RunAsync(() => $"{1.5}"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public async Task A_worker_has_the_time_zone_of_the_moment()
    {
        string? before = Environment.GetEnvironmentVariable("TZ");
        try
        {
            // Windows has it in its settings alone, for all processes.
            Environment.SetEnvironmentVariable("TZ", "Asia/Seoul");
            TimeSpan expected = OperatingSystem.IsWindows() ? TimeZoneInfo.Local.BaseUtcOffset : TimeSpan.FromHours(9);
            Assert.Equal(expected, await WorkerProcess.RunAsync(() => TimeZoneInfo.Local.BaseUtcOffset));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
        }
    }

    private static string[] Names() => [.. Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal)];
}
