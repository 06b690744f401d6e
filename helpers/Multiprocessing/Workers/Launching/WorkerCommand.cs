using System.Globalization;
using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Workers.Launching;

/// <summary>What is started as a worker: this assembly, which is a program, too, on the very runtime that this process runs on.</summary>
internal static class WorkerCommand
{
    /// <summary>What a runtime needs to start this assembly as a program. It comes out of the assembly, which may be alone: in a package, in a program's folder, in a kernel's private copy.</summary>
    private static readonly string[] Settings = ["worker.runtimeconfig.json", "worker.deps.json"];

    /// <summary>
    /// What a worker's runtime is told is off, by its environment, unless this process was told something else: no debugger or diagnostics port, no tracing
    /// provider. It saves start-up time, and a killed worker leaves no port behind in the temp folder.
    /// </summary>
    public static string[] RuntimeSettings { get; } = ["DOTNET_EnableDiagnostics", "DOTNET_LTTng"];

    private static readonly Lazy<string> LazyHost = new(FindHost);
    private static readonly Lazy<string> LazyWorker = new(FindWorker);

    /// <summary>The dotnet host.</summary>
    public static string Host => LazyHost.Value;

    /// <summary>The arguments to the host, up to those of the worker program itself.</summary>
    /// <param name="folder">Where the worker finds what it is told by files: a folder of this process.</param>
    /// <exception cref="FileNotFoundException">This assembly is in no file.</exception>
    /// <exception cref="IOException">There is no room for a file.</exception>
    public static IReadOnlyList<string> ArgumentsIn(string folder) =>
        ["exec", "--runtimeconfig", Extract(0, folder), "--depsfile", Extract(1, folder), "--fx-version", RuntimeVersion, LazyWorker.Value];

    /// <summary>
    /// The very version that this process runs on: fields and metadata tokens of the framework are the same then. A self-contained program brings its own
    /// copy of the runtime; its workers need that version installed.
    /// </summary>
    private static string RuntimeVersion =>
        Path.GetFileName(Path.GetDirectoryName(RuntimeFolder)) == "Microsoft.NETCore.App"
            ? Path.GetFileName(RuntimeFolder)
            : Environment.Version.ToString(3);

    private static string RuntimeFolder => Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());

    private static string FindHost()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>: the host that belongs to this runtime is in <root>.
        string file = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string? root = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(RuntimeFolder)));
        string beside = Path.Combine(root ?? "", file);
        if (File.Exists(beside))
        {
            return beside;
        }

        string search = Environment.GetEnvironmentVariable("PATH") ?? "";
        return search.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("Workers need the dotnet host, and it is neither beside this program's runtime nor on the PATH. Install .NET.", file);
    }

    private static string FindWorker()
    {
        string path = typeof(WorkerCommand).Assembly.Location;
        if (path.Length == 0)
        {
            throw new FileNotFoundException("Workers run Multiprocessing.dll, and here it is part of another file. Publish the program without PublishSingleFile.");
        }

        return path;
    }

    /// <summary>Makes a file of the folder, which goes with it.</summary>
    private static string Extract(int index, string folder)
    {
        string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{index:d32}{SegmentFolder.SettingsExtension}"));
        if (!File.Exists(file))
        {
            // Whole or not at all: another thread may start a worker just now.
            string part = Path.Combine(folder, Guid.NewGuid().ToString("N"));
            using (Stream content = typeof(WorkerCommand).Assembly.GetManifestResourceStream(Settings[index])!, target = File.Create(part))
            {
                content.CopyTo(target);
            }

            File.Move(part, file, overwrite: true);
        }

        return file;
    }
}
