using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NotebookRunner.Programs;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>The SDK, at work on a project whose packages are wanted.</summary>
internal static partial class RestoreProcess
{
    // What NuGet says before it asks the sources. It says nothing of the first question, only of those after it, each with its answer.
    private const string Asking = "Restoring packages for ";

    private const string NoSdk = "there is no .NET SDK here, only a runtime: install the SDK (https://dotnet.microsoft.com/download)";

    /// <summary>
    /// How long the sources may take for their first answer. NuGet asks one that does not answer - behind a firewall that drops what is sent, say - several times, for 100 seconds each, and has no
    /// setting for that. Where a source answers, however slowly, NuGet's own limits hold.
    /// </summary>
    public static TimeSpan SourcePatience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Restores a project, and writes what its references have become to a file.</summary>
    public static ProcessStartInfo OfSdk(string project, string resultFile)
    {
        var start = new ProcessStartInfo(
            DotNetHost.Path,
            [
                "msbuild", project, "-restore", "-target:ResolveReferences", "-getItem:ReferencePath,ReferenceCopyLocalPaths", $"-getResultOutputFile:{resultFile}",
                "-nologo", "-nodeReuse:false", "-terminalLogger:off", "-verbosity:normal",
            ])
        {
            WorkingDirectory = Path.GetDirectoryName(project),
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_NOLOGO"] = "1" },
        };
        // A runner that was itself started by the SDK has inherited what would confuse another start of it.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        return start;
    }

    /// <exception cref="CellFailedException">It has failed, or no source has answered.</exception>
    public static void Run(ProcessStartInfo start, TimeSpan sourcePatience, CancellationToken cancellationToken)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Start(start);
        using var unanswered = new CancellationTokenSource();
        using var kill = cancellationToken.Register(() => ProcessTree.Kill(process));
        using var giveUp = unanswered.Token.Register(() => ProcessTree.Kill(process));
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = new StringBuilder();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            output.AppendLine(line);
            unanswered.CancelAfter(line.Contains(Asking, StringComparison.Ordinal) ? sourcePatience : Timeout.InfiniteTimeSpan);
        }

        process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        if (unanswered.IsCancellationRequested)
            throw Failed(string.Create(CultureInfo.InvariantCulture, $"no package source has answered within {sourcePatience.TotalSeconds:0.#} s"));
        if (process.ExitCode != 0)
            throw Failed(FindError(output.ToString(), error.Result));
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw Failed(NoSdk);
        }
    }

    private static CellFailedException Failed(string reason) => new("The packages could not be restored: " + reason);

    // Such as: /tmp/.../packages.csproj : error NU1101: Unable to find package ... [/tmp/.../packages.csproj]
    // The SDK itself, where it cannot even start, writes an exception and its stack trace.
    // The host that finds no SDK to hand the command to writes a list of what may have been meant.
    private static string FindError(string output, string error) => ErrorLine().Match(output) is { Success: true } line ? line.Groups["error"].Value
        : (output + error).Contains("No .NET SDKs were found", StringComparison.Ordinal) ? NoSdk
        : (output + error).Contains("A compatible .NET SDK was not found", StringComparison.Ordinal) ? "no .NET SDK here is of the version that a global.json asks for"
        : Lines(error).FirstOrDefault() ?? Lines(output).LastOrDefault() ?? "no reason given";

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"\b(?<error>error( \w+)?\s?: .+?)( \[[^\[\]\r\n]*\])?\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ErrorLine();
}
