using System.ComponentModel;
using Multiprocessing.Connections;
using Multiprocessing.Workers.Launching.Windows;

namespace Multiprocessing.Workers.Launching;

/// <summary>Starts worker processes. Thread-safe.</summary>
internal abstract class WorkerLauncher
{
    /// <summary>Set in <see cref="AppContext"/> to have the portable launcher on Linux.</summary>
    public const string PortableSwitch = "Multiprocessing.PortableLauncher";

    // Looked for when the first worker is started, which is told what is missing.
    private readonly Lazy<WorkerCommand> _command = new(WorkerCommand.Find);

    /// <summary>What is started.</summary>
    /// <inheritdoc cref="WorkerCommand.Find" path="/exception"/>
    public WorkerCommand Command => _command.Value;

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

    /// <summary>What the system says when arguments and environment together are too long (E2BIG).</summary>
    private const int TooLong = 7;

    /// <summary>In characters, each of which may take three bytes: with the arguments less than the 128 KB that are the least any Unix takes.</summary>
    private const int SafeLength = 32 * 1024;

    /// <summary>Starts a process with the whole environment, or with as much of it as the system takes.</summary>
    /// <typeparam name="TProcess">How a process is named.</typeparam>
    /// <param name="environment">The environment variables of this process; then those that the worker has been started with.</param>
    /// <param name="processors">How many processors it shall see; null for all that there are.</param>
    /// <param name="start">Starts it in an environment.</param>
    protected TProcess StartWithin<TProcess>(ref IReadOnlyDictionary<string, string> environment, int? processors, Func<Dictionary<string, string>, TProcess> start)
    {
        try
        {
            return start(EnvironmentForWorker(environment, processors));
        }
        catch (Win32Exception e) when (e.NativeErrorCode == TooLong)
        {
            environment = ShortestOf(environment);
            return start(EnvironmentForWorker(environment, processors));
        }
    }

    /// <summary>As many of the variables as any system takes, the short ones first. A worker is told the others with its call, as those that have changed.</summary>
    private static Dictionary<string, string> ShortestOf(IReadOnlyDictionary<string, string> environment)
    {
        Dictionary<string, string> shortest = new(EnvironmentSnapshot.NameComparer);
        int length = 0;
        foreach ((string name, string value) in environment.OrderBy(static variable => variable.Key.Length + variable.Value.Length))
        {
            // With its place in the list.
            length += name.Length + value.Length + sizeof(long);
            if (length > SafeLength)
            {
                break;
            }

            shortest.Add(name, value);
        }

        return shortest;
    }

    /// <summary>The environment for a worker that is started now.</summary>
    protected Dictionary<string, string> EnvironmentForWorker(IReadOnlyDictionary<string, string> current, int? processors)
    {
        Dictionary<string, string> environment = new(current, EnvironmentSnapshot.NameComparer);
        foreach ((string setting, string value) in Command.Settings)
        {
            environment.TryAdd(setting, value);
        }

        Command.Complete(environment);

        if (processors is { } count)
        {
            ProcessorLimit.Apply(count, environment);
        }

        return environment;
    }
}
