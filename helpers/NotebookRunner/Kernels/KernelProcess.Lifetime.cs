using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using NotebookRunner.Kernels.Protocol;
using NotebookRunner.Programs;

namespace NotebookRunner.Kernels;

// How a kernel's process begins and ends.
internal sealed partial class KernelProcess
{
    private const int LongestWorkingDirectory = 258;

    private static readonly TimeSpan StartGrace = TimeSpan.FromMinutes(1);

    // A kernel that lives reacts in less than a second, but not on a machine that has ten times more to do than it can.
    private static readonly TimeSpan CancellationGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan QuitGrace = TimeSpan.FromSeconds(10);

    // A process that the kernel started may hold its pipes open: do not wait for their end for ever. What the kernel has said is in them, and we may be slow to read it.
    private static readonly TimeSpan LastWordsGrace = TimeSpan.FromSeconds(5);

    /// <summary>Starts a kernel and waits until it is ready.</summary>
    /// <param name="commandLine">The kernel to start.</param>
    /// <param name="workingDirectory">The kernel's current directory: the folder of the notebook.</param>
    /// <param name="cancellationToken">Gives up waiting; no process is left behind.</param>
    /// <exception cref="KernelStartException">There is no such program, or it ended before it was ready.</exception>
    public static async Task<KernelProcess> StartAsync(
        KernelCommandLine commandLine, string workingDirectory, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var kernel = new KernelProcess(StartProcess(commandLine, workingDirectory), commandLine.MarksErrors);
        try
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            waiting.CancelAfter(StartGrace);
            await Task.WhenAny(kernel._ready.Task, kernel._death, Task.Delay(Timeout.Infinite, waiting.Token));
            cancellationToken.ThrowIfCancellationRequested();
            if (kernel._ready.Task.IsCompleted)
                return kernel;
            throw kernel._death.IsCompleted
                ? NotStarted(commandLine, (await kernel._death).Summary)
                : new KernelStartException($"'{commandLine}' is no kernel, or hangs: it was not ready after {StartGrace.TotalSeconds} s");
        }
        catch
        {
            await kernel.KillAsync();
            await kernel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the kernel, by force if need be, with every process that it started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_death.IsCompleted)
        {
            var quit = QuitAsync();
            await Task.WhenAny(_death, Task.Delay(QuitGrace));
            await KillAsync();
            await Task.WhenAny(quit, Task.Delay(LastWordsGrace));
        }

        _process.Dispose();
    }

    private static KernelStartException NotStarted(KernelCommandLine commandLine, string summary) => new(
        commandLine.Remedy is { } remedy ? $"{remedy} ('{commandLine}' {summary})" : $"'{commandLine}' is no kernel, or cannot run: it {summary}");

    private static Process StartProcess(KernelCommandLine commandLine, string workingDirectory)
    {
        if (!Directory.Exists(workingDirectory))
            throw new KernelStartException($"cannot start a kernel in '{workingDirectory}': there is no such folder");
        // Long paths are for files alone.
        if (OperatingSystem.IsWindows() && workingDirectory.Length > LongestWorkingDirectory)
            throw new KernelStartException($"cannot start a kernel in '{workingDirectory}': on Windows the path of a working directory has at most {LongestWorkingDirectory} characters. Move the notebook to where its path is shorter");
        var start = new ProcessStartInfo(commandLine.FileName, commandLine.Arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            CreateNoWindow = true,
            // For the real tool, whose first start would greet its user.
            Environment = { ["DOTNET_INTERACTIVE_SKIP_FIRST_TIME_EXPERIENCE"] = "1" },
        };
        try
        {
            return Process.Start(start) ?? throw new KernelStartException($"cannot start the kernel '{commandLine.FileName}'");
        }
        catch (Win32Exception exception)
        {
            string remedy = commandLine.Remedy is { } text ? $"{text}; " : "";
            throw new KernelStartException($"{remedy}cannot start the kernel '{commandLine.FileName}': {exception.Message}", exception);
        }
    }

    private async Task QuitAsync()
    {
        _isQuitting = true;
        await SendAsync(new CommandEnvelope(NextToken(), CommandTypes.Quit, new()));
        await _input.DisposeAsync();
    }

    private async Task KillAsync()
    {
        ProcessTree.Kill(_process);
        await _death;
    }

    private async Task<KernelDiedException> WaitForDeathAsync(Task reading)
    {
        await _process.WaitForExitAsync();
        int processId = _process.Id;
        if (!OperatingSystem.IsWindows())
            UnixProcessGroup.Kill(processId);
        await Task.WhenAny(reading, Task.Delay(LastWordsGrace));
        return new(new(_process.ExitCode), _errors.LastLines);
    }
}
