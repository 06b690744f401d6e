using System.Diagnostics;
using NotebookRunner.Pictures;

namespace NotebookRunner.Tests.Programs;

/// <summary>The real program, as a child process.</summary>
internal sealed class RunnerProgram : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(FactAttribute.Limit);

    private readonly ChildProgram _program;

    private RunnerProgram(string workingDirectory, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NotebookRunner.dll"), .. arguments])
        {
            WorkingDirectory = workingDirectory,
        };
        // Of whoever runs the tests, for those that say so.
        start.Environment.Remove(PlotlyScript.Variable);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _program = new ChildProgram(start, Limit);
    }

    internal int Id => _program.Process.Id;

    internal static RunnerProgram Start(string workingDirectory, params string[] arguments) => new(workingDirectory, [], arguments);

    internal static RunnerProgram Start(string workingDirectory, Dictionary<string, string> environment, params string[] arguments) =>
        new(workingDirectory, environment, arguments);

    internal static async Task<ProgramResult> RunAsync(string workingDirectory, params string[] arguments)
    {
        using RunnerProgram program = Start(workingDirectory, arguments);
        return await program.WaitAsync();
    }

    internal async Task<ProgramResult> WaitAsync()
    {
        ProgramResult result = await _program.WaitAsync();
        return new ProgramResult(result.ExitCode, AsOnUnix(result.StandardOutput), AsOnUnix(result.StandardError));
    }

    // The paths of notebooks.
    private static string AsOnUnix(string text) => OperatingSystem.IsWindows() ? text.Replace('\\', '/') : text;

    internal async Task SendAsync(string signal)
    {
        if (OperatingSystem.IsWindows())
        {
            ConsoleSignal.Send(_program.Process, signal);
            return;
        }

        using var kill = Process.Start("kill", [$"-{signal}", _program.Process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public void Dispose() => _program.Dispose();
}
