using System.Globalization;
using Multiprocessing.Memory;

namespace Multiprocessing.Workers.Launching;

/// <summary>Where .NET is installed: the dotnet host, which runs this assembly on the version that this process runs on. Thread-safe.</summary>
internal sealed class HostCommand : WorkerCommand
{
    /// <summary>What a runtime needs to start this assembly as a program. It comes out of the assembly, which may be alone: in a package, in a program's folder, in a kernel's private copy.</summary>
    private static readonly string[] Files = ["worker.runtimeconfig.json", "worker.deps.json"];

    private readonly string _worker;

    /// <summary>The very version that this process runs on: fields and metadata tokens of the framework are the same then.</summary>
    private readonly string _version;

    /// <param name="runtime">The folder of the runtime: <c>[root]/shared/Microsoft.NETCore.App/[version]</c>.</param>
    /// <param name="worker">The file of this assembly.</param>
    /// <exception cref="FileNotFoundException">There is no host.</exception>
    public HostCommand(string runtime, string worker)
    {
        _worker = worker;
        _version = Path.GetFileName(runtime);
        Host = FindHost(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(runtime))) ?? "");
    }

    /// <inheritdoc/>
    public override string Host { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ArgumentsIn(string folder) =>
        ["exec", "--runtimeconfig", Extract(0, folder), "--depsfile", Extract(1, folder), "--fx-version", _version, _worker];

    private static string FindHost(string root)
    {
        // The one that belongs to this runtime.
        string file = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string beside = Path.Combine(root, file);
        if (File.Exists(beside))
        {
            return beside;
        }

        string search = Environment.GetEnvironmentVariable("PATH") ?? "";
        return search.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("Workers need the dotnet host, and it is neither beside this program's runtime nor on the PATH. Install .NET.", file);
    }

    /// <summary>Makes a file of the folder, which goes with it.</summary>
    private static string Extract(int index, string folder)
    {
        string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{index:d32}{SegmentFolder.SettingsExtension}"));
        if (!File.Exists(file))
        {
            // Whole or not at all: another thread may start a worker just now.
            string part = Path.Combine(folder, Guid.NewGuid().ToString("N"));
            using (Stream content = typeof(HostCommand).Assembly.GetManifestResourceStream(Files[index])!, target = File.Create(part))
            {
                content.CopyTo(target);
            }

            File.Move(part, file, overwrite: true);
        }

        return file;
    }
}
