using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Multiprocessing.Tests.Workers;

/// <summary>The helper program whose verbs misbehave: a parent of workers in a process of its own.</summary>
internal sealed class MisbehavingProgram : IDisposable
{
    // Of the runtime that runs the tests: <root>/shared/Microsoft.NETCore.App/<version>.
    private static readonly string Host =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "misbehaving", "Multiprocessing.Tests.Misbehaving.dll");

    private MisbehavingProgram(Process process) => Process = process;

    public Process Process { get; }

    /// <param name="verb">What it is to do.</param>
    /// <param name="temporaryFolder">Where it has its temporary files.</param>
    /// <param name="folder">Where it is to run, in a copy; null for where it was built.</param>
    public static MisbehavingProgram Start(string verb, string? temporaryFolder = null, string? folder = null)
    {
        string program = Program;
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            program = Path.Combine(folder, Path.GetFileName(Program));
            foreach (string file in Directory.GetFiles(Path.GetDirectoryName(Program)!))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        }

        ProcessStartInfo start = new(Host, [program, .. verb.Split(' ')])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,

            // On Windows a console of its own: what is pressed there is pressed nowhere else.
            CreateNoWindow = true,
        };
        if (temporaryFolder is not null)
        {
            start.Environment["TMPDIR"] = temporaryFolder;
        }

        return new MisbehavingProgram(Process.Start(start)!);
    }

    /// <summary>Starts it from another process, such as a worker, and leaves it running.</summary>
    /// <returns>Its number.</returns>
    public static int StartAnother(string verb)
    {
        using Process process = Process.Start(Host, [Program, verb]);
        return process.Id;
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
        // On Windows its workers end with it, and .NET's search for children fails in Wine, which has processes without a start time.
        Process.Kill(entireProcessTree: !OperatingSystem.IsWindows());
        Process.Dispose();
    }
}
