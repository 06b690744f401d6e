using System.Runtime.InteropServices;

namespace Multiprocessing.Workers.Launching;

/// <summary>What is started as a worker: this assembly, which is a program, too, on the very runtime that this process runs on. Thread-safe.</summary>
internal abstract class WorkerCommand
{
    /// <summary>That of this program.</summary>
    /// <exception cref="FileNotFoundException">What a worker needs is not there.</exception>
    /// <exception cref="PlatformNotSupportedException">This program was published in a way that has no workers.</exception>
    public static WorkerCommand Find()
    {
        // This assembly has no place of its own in a program that is one file, nor has the runtime, if that is in it, too.
        string worker = typeof(WorkerCommand).Assembly.Location;
        string runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        bool isInstalled = Path.GetFileName(Path.GetDirectoryName(runtime)) == "Microsoft.NETCore.App";
        return isInstalled && worker.Length > 0 ? new HostCommand(runtime, worker) : new ProgramCommand();
    }

    /// <summary>
    /// What a worker's runtime is told by its environment, unless this process was told something else; it is told no other process. No debugger or diagnostics port, no tracing provider: it saves start-up
    /// time, and a killed worker leaves no port behind in the temp folder.
    /// </summary>
    public virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_LTTng"] = "0" };

    /// <summary>The program.</summary>
    public abstract string Host { get; }

    /// <summary>Its arguments, up to those of the worker itself.</summary>
    /// <param name="folder">Where the worker finds what it is told by files: a folder of this process.</param>
    /// <exception cref="IOException">There is no room for a file.</exception>
    public abstract IReadOnlyList<string> ArgumentsIn(string folder);

    /// <summary>Adds to the environment of a worker what it needs besides the <see cref="Settings"/>, and takes away itself.</summary>
    public virtual void Complete(Dictionary<string, string> environment)
    {
    }
}
