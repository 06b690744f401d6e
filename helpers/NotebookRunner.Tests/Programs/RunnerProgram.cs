using System.Diagnostics;
using System.Text;
using NotebookRunner.Pictures;
using NotebookRunner.Programs;

namespace NotebookRunner.Tests.Programs;

/// <summary>The real program, as a child process.</summary>
internal sealed class RunnerProgram : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(FactAttribute.Limit);

    private readonly Process _process;
    private readonly Task<string> _stdout;
    private readonly Task<string> _stderr;

    private RunnerProgram(string workingDirectory, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NotebookRunner.dll"), .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // Of whoever runs the tests, for those that say so.
        start.Environment.Remove(PlotlyScript.Variable);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _stdout = _process.StandardOutput.ReadToEndAsync();
        _stderr = _process.StandardError.ReadToEndAsync();
    }

    internal int Id => _process.Id;

    internal static RunnerProgram Start(string workingDirectory, params string[] arguments) => new(workingDirectory, [], arguments);

    internal static RunnerProgram Start(string workingDirectory, Dictionary<string, string> environment, params string[] arguments) =>
        new(workingDirectory, environment, arguments);

    internal static async Task<RunnerResult> RunAsync(string workingDirectory, params string[] arguments)
    {
        using RunnerProgram program = Start(workingDirectory, arguments);
        return await program.WaitAsync();
    }

    internal async Task<RunnerResult> WaitAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        // A kernel that was left behind would hold these open.
        return new RunnerResult(_process.ExitCode, AsOnUnix(await _stdout.WaitAsync(limit.Token)), AsOnUnix(await _stderr.WaitAsync(limit.Token)));
    }

    // Line ends and the paths of notebooks.
    private static string AsOnUnix(string text) => OperatingSystem.IsWindows() ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\\', '/') : text;

    internal async Task SendAsync(string signal)
    {
        if (OperatingSystem.IsWindows())
        {
            ConsoleSignal.Send(_process, signal);
            return;
        }

        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        ProcessTree.Kill(_process);
        _process.Dispose();
    }
}
