using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Multiprocessing.Tests.Workers;

/// <summary>The helper program whose verbs misbehave: a parent of workers in a process of its own.</summary>
internal sealed class MisbehavingProgram : IDisposable
{
    // Of the runtime that runs the tests: <root>/shared/Microsoft.NETCore.App/<version>.
    private static readonly string Host =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private MisbehavingProgram(Process process) => Process = process;

    public Process Process { get; }

    /// <summary>Starts it with standard streams that are this process's to write and read.</summary>
    public static MisbehavingProgram Start(string verb, string? temporaryFolder = null)
    {
        ProcessStartInfo start = StartInfo(verb);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = System.Text.Encoding.UTF8;
        if (temporaryFolder is not null)
        {
            start.Environment[OperatingSystem.IsWindows() ? "TMP" : "TMPDIR"] = temporaryFolder;
        }

        return new MisbehavingProgram(Process.Start(start)!);
    }

    /// <summary>Starts it with the standard streams of this process.</summary>
    public static Process Run(string verb) => Process.Start(StartInfo(verb))!;

    /// <summary>The exit code with which it ends when it is told to end in that way.</summary>
    public static int ExitCodeOf(string end) => end switch
    {
        "exit" => 7,
        "throw" => Ends.Threw.ExitCode,
        _ => 0,
    };

    public async Task<(string Output, string Error, int ExitCode)> RunToEndAsync()
    {
        Task<string> output = Process.StandardOutput.ReadToEndAsync();
        Task<string> error = Process.StandardError.ReadToEndAsync();
        await Process.WaitForExitAsync();

        // A program ends its lines as its system does, which is no news.
        return (Lines(await output), Lines(await error), Process.ExitCode);

        static string Lines(string text) => text.ReplaceLineEndings("\n");
    }

    public void Dispose()
    {
        // On Windows its workers end with it, and .NET's search for children fails in Wine, which has processes without a start time.
        Process.Kill(entireProcessTree: !OperatingSystem.IsWindows());
        Process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string verb) =>
        new(Host, [Path.Combine(AppContext.BaseDirectory, "misbehaving", "Multiprocessing.Tests.Misbehaving.dll"), .. verb.Split(' ')]) { UseShellExecute = false };
}
