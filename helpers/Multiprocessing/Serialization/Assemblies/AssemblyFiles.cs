using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using Multiprocessing.Hosting;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>
/// Where another process gets the code that this one runs: from the file that an assembly was loaded from, unless that has changed since.
/// Thread-safe.
/// </summary>
/// <remarks>
/// The runtime maps the file. A file that was replaced (renamed over, or deleted and written anew) stays in memory as it was. A file that was overwritten in
/// place, as <c>dotnet build</c> does on Unix, has changed in memory, too, under code that is already compiled; if it has become shorter, a read of the rest ends
/// the process. The version of a module is noted when it is loaded, from this process's first use of a worker on; for earlier ones a host may have noted it.
/// </remarks>
internal static class AssemblyFiles
{
    /// <summary>Where a notebook's kernel puts, in <see cref="AppContext"/>, the versions of the modules that it has seen being loaded, by path.</summary>
    public const string NotedModules = "Multiprocessing.LoadedModules";

    /// <summary>Every worker has it from beside its own program, and finds out by itself whether it is the same.</summary>
    private static readonly Assembly Own = typeof(AssemblyFiles).Assembly;

    private static readonly ConditionalWeakTable<Assembly, LoadedFile> Known = [];

    static AssemblyFiles()
    {
        // A file that is overwritten in place changes the memory that it is mapped to, the version of the module included. So that is noted when it is loaded.
        AppDomain.CurrentDomain.AssemblyLoad += static (_, loaded) => Note(loaded.LoadedAssembly);
        Array.ForEach(AppDomain.CurrentDomain.GetAssemblies(), Note);
    }

    /// <summary>The assembly's path; empty if its code has to come from memory, because it was loaded from there or its file has been replaced.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="notebook">Whose reader is told, once, that the file has been replaced.</param>
    /// <exception cref="NotShippableException">The file was rebuilt, and what this process runs cannot be recovered from memory.</exception>
    public static string PathOf(Assembly assembly, INotebookHost notebook) =>
        IsFile(assembly) && assembly != Own ? FileOf(assembly).FindPath(notebook) : assembly.Location;

    /// <summary>The version of the assembly's module, as it was loaded.</summary>
    public static Guid ModuleOf(Assembly assembly) => IsFile(assembly) ? FileOf(assembly).Module : assembly.ManifestModule.ModuleVersionId;

    private static LoadedFile FileOf(Assembly assembly) => Known.GetValue(assembly, static a => new LoadedFile(a));

    private static void Note(Assembly assembly)
    {
        if (IsFile(assembly))
        {
            _ = FileOf(assembly);
        }
    }

    // The framework is not rebuilt while it runs.
    private static bool IsFile(Assembly assembly) =>
        !assembly.IsDynamic && assembly.Location.Length > 0 && !KnownAssemblies.IsCore(assembly);

    /// <summary>The file of one assembly, which may be rebuilt while this process goes on with what it has loaded.</summary>
    internal sealed class LoadedFile(Assembly assembly)
    {
        private readonly string _path = assembly.Location;
        private readonly Lock _gate = new();
        private (DateTime Written, long Length)? _seen;
        private bool _isSame;
        private bool _isInMemory;
        private int _told;

        public Guid Module { get; } =
            AppContext.GetData(NotedModules) is IReadOnlyDictionary<string, Guid> noted && noted.TryGetValue(assembly.Location, out Guid module)
                ? module
                : assembly.ManifestModule.ModuleVersionId;

        public string FindPath(INotebookHost notebook)
        {
            lock (_gate)
            {
                if (Stamp() is var now && now != _seen)
                {
                    _isSame = ReadModule() == Module;
                    _isInMemory = !_isSame && IsInMemory();
                    _seen = now;
                }

                if (_isSame)
                {
                    return _path;
                }

                if (!_isInMemory)
                {
                    throw new NotShippableException(
                        $"Assembly '{AssemblyNames.Of(assembly)}' was changed on disk after this program had loaded it, and what the program "
                        + $"runs cannot be sent to another process: restart the program (or the notebook's kernel). File: '{_path}'.");
                }
            }

            // Once, and outside the lock: the console may be a writer of the user's own.
            if (Interlocked.Exchange(ref _told, 1) == 0)
            {
                notebook.TellOfRebuilt(Path.GetFileName(_path));
            }

            return "";
        }

        private (DateTime, long) Stamp()
        {
            FileInfo file = new(_path);
            return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        }

        private Guid? ReadModule()
        {
            try
            {
                using PEReader file = new(File.OpenRead(_path));
                MetadataReader metadata = file.GetMetadataReader();
                return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
            {
                // It is gone, or is just being written.
                return null;
            }
        }

        private bool IsInMemory() => !IsMapped() && assembly.ManifestModule.ModuleVersionId == Module && AssemblyImage.IsInMemory(assembly);

        /// <summary>
        /// Tells whether the file that is now at the path is part of this process's memory, so that a change to the one changes the other.
        /// Windows does not let such a file be changed; other systems do not say.
        /// </summary>
        private bool IsMapped()
        {
            try
            {
                // address rights offset device inode path; the path of a file that was deleted or replaced has " (deleted)" after it.
                return OperatingSystem.IsLinux()
                    && File.ReadLines("/proc/self/maps").Any(line => line.EndsWith(" " + _path, StringComparison.Ordinal));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}
