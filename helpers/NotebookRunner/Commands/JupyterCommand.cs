using NotebookRunner.Documents;
using NotebookRunner.Jupyter;
using NotebookRunner.Jupyter.Wire;
using NotebookRunner.Kernels;

namespace NotebookRunner.Commands;

/// <summary>The verbs of <c>jupyter</c>: make the kernel known to Jupyter's clients, take it away, and be it.</summary>
internal static class JupyterCommand
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal static int Install(string name, string displayName, string? data, bool replace)
    {
        string folder = new KernelSpec(name, data).Install(displayName, replace);
        Console.WriteLine($"The kernel '{displayName}' is installed in {folder}");
        Console.WriteLine("Jupyter knows it from its next start on; in VS Code: Developer: Reload Window, then Select Kernel, Jupyter Kernel...");
        return ExitCode.Success;
    }

    /// <inheritdoc cref="Install"/>
    internal static int Uninstall(string name, string? data)
    {
        Console.WriteLine($"The kernel in {new KernelSpec(name, data).Uninstall()} is no longer there.");
        return ExitCode.Success;
    }

    /// <inheritdoc cref="Install"/>
    internal static async Task<int> ServeAsync(string connectionFile)
    {
        using JupyterKernel kernel = new(ConnectionFile.Read(connectionFile));
        // A client that sends a signal instead of the message, and Ctrl-C where the client runs in a terminal.
        using TerminationSignals signals = new(kernel.Interrupt);
        try
        {
            if (await kernel.ServeAsync(Directory.GetCurrentDirectory(), signals.Token) is not { } death)
                return ExitCode.Success;
            await ErrorLine.WriteAsync(death.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (KernelStartException exception)
        {
            throw new InvalidInputException(exception.Message, exception);
        }
    }
}
