using System.Diagnostics;
using System.Text;

namespace Multiprocessing.Package.Tests;

/// <summary>Runs a program as somebody who has just opened a terminal would.</summary>
internal static class DotnetCommand
{
    /// <summary>How long the longest takes on a machine with much else to do.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs <c>dotnet</c>.</summary>
    public static Task<CommandResult> RunAsync(string folder, string packages, params string[] arguments) => RunAsync("dotnet", folder, packages, new Dictionary<string, string>(), arguments);

    /// <summary>Runs a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="folder">Where it stands.</param>
    /// <param name="packages">The package cache.</param>
    /// <param name="environment">What it is told besides.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<CommandResult> RunAsync(string program, string folder, string packages, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // What the SDK that runs these tests has told itself is not meant for another one.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["NUGET_PACKAGES"] = packages;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        // Nothing is left that holds a folder which is to be deleted.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end.");
        }

        return new CommandResult(process.ExitCode, Normalize(await output), Normalize(await error));
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}

/// <summary>What came of a command.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Its output, if it has succeeded.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
        return Output;
    }
}
