using System.Diagnostics;
using NotebookRunner.Kernels.Embedded;
using NotebookRunner.Kernels.Embedded.Packages;

namespace NotebookRunner.Tests.Kernels.Embedded.Packages;

/// <summary>What becomes of a restore, shown with a shell that says what the SDK would.</summary>
public class RestoreProcessTests
{
    private const string Asking = "echo '         Restoring packages for /tmp/a/packages.csproj...'";

    [UnixFact]
    public async Task A_restore_whose_sources_do_not_answer_is_given_up()
    {
        long start = Stopwatch.GetTimestamp();

        string message = await FailureOf($"{Asking}; sleep 60", TimeSpan.FromSeconds(0.5));

        Assert.Equal("The packages could not be restored: no package source has answered within 0.5 s", message);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(20));
    }

    [UnixFact]
    public async Task A_source_that_answers_has_all_the_time_that_it_needs() =>
        // The question and its answer in one piece: what lies between the two is what the source may take.
        await Run("sleep 2; printf '         Restoring packages for /tmp/a/packages.csproj...\n  GET https://example.com/x.nupkg\n'; sleep 2", TimeSpan.FromSeconds(1));

    [UnixFact]
    public async Task A_restore_can_be_stopped()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run($"{Asking}; sleep 60", TimeSpan.FromMinutes(1), stop.Token));
    }

    [UnixFact]
    public async Task Of_a_restore_that_fails_the_first_error_is_told()
    {
        foreach (var (written, error) in new[]
        {
            ("echo '/t/p.csproj : error NU1101: Unable to find package X in source(s): [a], b [/t/p.csproj]'", "error NU1101: Unable to find package X in source(s): [a], b"),
            ("echo '     1>/t/p.csproj(1,2): error MSB4025: The project file could not be loaded.'", "error MSB4025: The project file could not be loaded."),
            ("echo '/sdk/NuGet.targets(1,2): error : Access to the path /home/x/.nuget is denied. [/t/p.csproj]'", "error : Access to the path /home/x/.nuget is denied."),
            ("{ echo 'Unhandled exception: no access'; echo '   at Sdk.Main()'; } >&2", "Unhandled exception: no access"),
            ("{ echo 'The command could not be loaded, possibly because:'; echo '  * You intended to execute a .NET SDK command:'; echo '      No .NET SDKs were found.'; } >&2",
                "there is no .NET SDK here, only a runtime: install the SDK (https://dotnet.microsoft.com/download)"),
            ("{ echo 'The command could not be loaded, possibly because:'; echo 'A compatible .NET SDK was not found.'; } >&2", "no .NET SDK here is of the version that a global.json asks for"),
            ("echo 'Something else went wrong'", "Something else went wrong"),
        })
        {
            string message = await FailureOf($"{Asking}; {written}; exit 1", TimeSpan.FromSeconds(20));

            Assert.Equal("The packages could not be restored: " + error, message);
        }
    }

    [Fact]
    public void Without_a_dotnet_program_there_is_no_SDK_either()
    {
        var error = Assert.Throws<CellFailedException>(() => RestoreProcess.Run(new ProcessStartInfo("no-such-dotnet"), TimeSpan.FromSeconds(1), CancellationToken.None));

        Assert.StartsWith("The packages could not be restored: there is no .NET SDK here", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> FailureOf(string script, TimeSpan sourcePatience) =>
        (await Assert.ThrowsAsync<CellFailedException>(() => Run(script, sourcePatience))).Message;

    private static Task Run(string script, TimeSpan sourcePatience, CancellationToken cancellationToken = default) =>
        Task.Run(() => RestoreProcess.Run(new ProcessStartInfo("/bin/sh", ["-c", script]), sourcePatience, cancellationToken), CancellationToken.None);
}
