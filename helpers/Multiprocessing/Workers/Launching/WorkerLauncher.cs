using Multiprocessing.Connections;
using Multiprocessing.Workers.Launching.Windows;

namespace Multiprocessing.Workers.Launching;

/// <summary>Starts worker processes. Thread-safe.</summary>
internal abstract class WorkerLauncher
{
    /// <summary>Set in <see cref="AppContext"/> to have the portable launcher on Linux.</summary>
    public const string PortableSwitch = "Multiprocessing.PortableLauncher";

    /// <summary>The fastest that this system has.</summary>
    public static WorkerLauncher Create() =>
        OperatingSystem.IsWindows() ? new WindowsLauncher()
        : OperatingSystem.IsLinux() && !(AppContext.TryGetSwitch(PortableSwitch, out bool portable) && portable) ? new SpawnLauncher()
        : new PortableLauncher();

    /// <summary>Starts a worker; it is not ready yet, but can be sent what it is to do.</summary>
    /// <param name="environment">The environment variables of this process.</param>
    /// <param name="memory">Where the worker finds the memory of its connection.</param>
    /// <param name="events">Where it finds the events of this process.</param>
    /// <param name="processors">How many processors it shall see; null for all that there are.</param>
    public abstract ChildProcess Launch(IReadOnlyDictionary<string, string> environment, string memory, string events, int? processors);

    /// <summary>The environment for a worker that is started now.</summary>
    protected static Dictionary<string, string> EnvironmentForWorker(IReadOnlyDictionary<string, string> current, int? processors)
    {
        Dictionary<string, string> environment = new(current, EnvironmentSnapshot.NameComparer);
        foreach (string setting in WorkerCommand.RuntimeSettings)
        {
            environment.TryAdd(setting, "0");
        }

        if (processors is { } count)
        {
            ProcessorLimit.Apply(count, environment);
        }

        return environment;
    }
}
