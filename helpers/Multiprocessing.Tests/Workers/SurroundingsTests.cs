using System.Globalization;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Pools;

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
            Assert.Equal(Environment.CurrentDirectory, await WorkerProcess.RunAsync(() => Environment.CurrentDirectory));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        // On Windows it can be deleted only when the worker is gone, which ends after it has given its result.
        Assert.True(Rendezvous.Await(() =>
        {
            try
            {
                folder.Delete(recursive: true);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }));
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

    [LinuxFact]
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

    [Fact]
    public async Task A_variable_too_long_for_the_start_of_a_process_arrives_all_the_same()
    {
        Environment.SetEnvironmentVariable("MULTIPROCESSING_LONG", new string('가', 200_000));
        try
        {
            Assert.Equal(200_000, await WorkerProcess.RunAsync(static () => Environment.GetEnvironmentVariable("MULTIPROCESSING_LONG")?.Length));

            // Its first worker is started from here, and not taken from a stock.
            using TestHost test = new();
            Assert.Equal(200_000, await test.RunAsync(static () => Environment.GetEnvironmentVariable("MULTIPROCESSING_LONG")?.Length));
        }
        finally
        {
            Environment.SetEnvironmentVariable("MULTIPROCESSING_LONG", null);
        }
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
            Environment.SetEnvironmentVariable("TZ", "Asia/Seoul");
            Assert.Equal(TimeSpan.FromHours(9), await WorkerProcess.RunAsync(() => TimeZoneInfo.Local.BaseUtcOffset));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
        }
    }

    private static string[] Names() => [.. Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal)];
}
