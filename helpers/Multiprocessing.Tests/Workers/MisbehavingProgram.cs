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

    public static MisbehavingProgram Start(string verb, string? temporaryFolder = null)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "misbehaving", "Multiprocessing.Tests.Misbehaving.dll");
        ProcessStartInfo start = new(Host, [program, .. verb.Split(' ')])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        if (temporaryFolder is not null)
        {
            start.Environment["TMPDIR"] = temporaryFolder;
        }

        return new MisbehavingProgram(Process.Start(start)!);
    }

    public async Task<(string Output, string Error, int ExitCode)> RunToEndAsync()
    {
        Task<string> output = Process.StandardOutput.ReadToEndAsync();
        Task<string> error = Process.StandardError.ReadToEndAsync();
        await Process.WaitForExitAsync();
        return (await output, await error, Process.ExitCode);
    }

    public void Dispose()
    {
        Process.Kill(entireProcessTree: true);
        Process.Dispose();
    }
}
