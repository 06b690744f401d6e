using System.Reflection;

namespace Multiprocessing.Workers.Launching;

/// <summary>
/// Where a program brings its runtime, and .NET may not be installed, or is one file: the program itself, whose runtime runs <see cref="StartupHook"/> in this assembly before the program's own code, and instead of it.
/// Thread-safe.
/// </summary>
/// <remarks>Startup hooks: <see href="https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md"/>.</remarks>
internal sealed class ProgramCommand : WorkerCommand
{
    private const string HookVariable = "DOTNET_STARTUP_HOOKS";
    private const string HookSwitch = "System.StartupHookProvider.IsSupported";

    /// <summary>What the runtime finds this assembly by: its path; or its name, where it is part of the program's one file.</summary>
    private static readonly string Hook = typeof(ProgramCommand).Assembly is { Location: { Length: > 0 } path } ? path : "Multiprocessing";

    /// <exception cref="PlatformNotSupportedException">This program would begin as itself once more.</exception>
    public ProgramCommand()
    {
        // Its runtime may have no hooks: a worker would be a second instance of the program then, and start a third.
        if ((AppContext.TryGetSwitch(HookSwitch, out bool isSupported) && !isSupported) || StartsWithHook(Environment.GetEnvironmentVariable(HookVariable)))
        {
            throw new PlatformNotSupportedException("This program was trimmed or compiled by PublishAot, and cannot be started as a worker: publish it without PublishTrimmed and PublishAot.");
        }

        Host = FindProgram() ?? throw new FileNotFoundException("Workers run this program, which brings its own runtime or is one file, and the file cannot be found.");
    }

    /// <summary>No tiering instrumentation, no background collector thread: what a shared runtime is told in a file.</summary>
    public override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_LTTng"] = "0", ["DOTNET_gcConcurrent"] = "0", ["DOTNET_TieredPGO"] = "0" };

    /// <inheritdoc/>
    public override string Host { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ArgumentsIn(string folder) => [];

    /// <inheritdoc/>
    public override void Complete(Dictionary<string, string> environment) =>
        environment[HookVariable] = environment.TryGetValue(HookVariable, out string? others) ? $"{Hook}{Path.PathSeparator}{others}" : Hook;

    /// <summary>In a worker, takes away what <see cref="Complete"/> has added: what a function starts is no worker.</summary>
    public static void TakeHookAway()
    {
        string value = Environment.GetEnvironmentVariable(HookVariable) ?? "";
        if (StartsWithHook(value))
        {
            Environment.SetEnvironmentVariable(HookVariable, value.Length > Hook.Length ? value[(Hook.Length + 1)..] : null);
        }
    }

    private static bool StartsWithHook(string? value) =>
        value is not null && value.StartsWith(Hook, StringComparison.Ordinal) && (value.Length == Hook.Length || value[Hook.Length] == Path.PathSeparator);

    /// <summary>The executable file of the program. A web server may have loaded the program into a process of its own.</summary>
    private static string? FindProgram()
    {
        string name = Assembly.GetEntryAssembly()?.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : "");
        string beside = Path.Combine(AppContext.BaseDirectory, name);
        return File.Exists(beside) ? beside : Environment.ProcessPath;
    }
}
