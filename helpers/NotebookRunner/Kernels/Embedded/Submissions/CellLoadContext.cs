using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using NotebookRunner.Documents;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>
/// Where cells are loaded, and what they reference: files that <c>#r</c> names with what lies beside them, and packages. What one of them names in a string is found, too. Thread-safe.
/// </summary>
internal sealed class CellLoadContext : AssemblyLoadContext
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<(AssemblyName Name, string Path)>> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _folders = [];
    private readonly ShadowCopies? _copies;

    /// <summary>Begins an empty one.</summary>
    /// <param name="copies">From where files that <c>#r</c> names, and what lies beside them, are loaded; null for where they are.</param>
    public CellLoadContext(ShadowCopies? copies = null) : base("cells")
    {
        _copies = copies;
        if (copies is not null)
            ResolvingUnmanagedDll += (assembly, name) => LoadBesideOriginal(copies, assembly, name);
    }

    /// <summary>What .NET's own code looks for by its name is from now on looked for here, too.</summary>
    public void ServeProcess() => Default.Resolving += (_, name) => Load(name);

    /// <summary>Makes known a file of a package.</summary>
    public void AddPackageFile(string path)
    {
        var name = AssemblyName.GetAssemblyName(path);
        lock (_gate)
        {
            if (!_files.TryGetValue(name.Name!, out var files))
                _files.Add(name.Name!, files = []);
            files.Add((name, path));
        }
    }

    /// <summary>Loads a file that a cell references, if nothing of its name has been.</summary>
    public void LoadReferenced(string path)
    {
        if (string.Equals(ProcessAssemblies.Find(Path.GetFileNameWithoutExtension(path)), path, FileNames.Comparison))
            return;
        string copy = CopyOf(path);
        AddPackageFile(copy);
        lock (_gate)
        {
            string folder = Path.GetDirectoryName(path)!;
            if (!_folders.Contains(folder, FileNames.Comparer))
                _folders.Add(folder);
        }

        // Now, so that a build that comes later changes nothing.
        LoadFromAssemblyName(AssemblyName.GetAssemblyName(copy));
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName is not { Name: { } name, CultureName: null or "" } || BelongsToProcess(assemblyName))
            return null;
        if (Assemblies.FirstOrDefault(loaded => loaded.GetName() is var present && name.Equals(present.Name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return StandsInFor(assemblyName, found.GetName())
                ? found
                : throw new FileLoadException($"{assemblyName} is needed, but version {found.GetName().Version} has been loaded by an earlier cell. Restart the kernel, and run the cell that brings the newer one first.");
        }

        return Find(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    private string? Find(AssemblyName asked)
    {
        lock (_gate)
        {
            return _files.GetValueOrDefault(asked.Name!)?
                    .Where(file => StandsInFor(asked, file.Name))
                    .OrderByDescending(file => file.Name.Version)
                    .Select(file => file.Path)
                    .FirstOrDefault()
                ?? (_folders.Select(folder => Path.Combine(folder, asked.Name + ".dll")).FirstOrDefault(File.Exists) is { } beside ? CopyOf(beside) : null);
        }
    }

    private string CopyOf(string path) => _copies?.Of(path) ?? path;

    // The runtime looks beside the copy, where it is not.
    private static nint LoadBesideOriginal(ShadowCopies copies, Assembly assembly, string name)
    {
        if (copies.FindOriginal(assembly.Location) is not { } original)
            return 0;
        string extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        foreach (string file in (string[])[name, name + extension, $"lib{name}{extension}"])
        {
            if (Path.Combine(Path.GetDirectoryName(original)!, file) is var path && File.Exists(path))
                return NativeLibrary.Load(path);
        }

        return 0;
    }

    // What the framework has, it has for all; the kernel's own libraries are its own, and a notebook may want another version of one, but for those by which the two speak with each other.
    private static bool BelongsToProcess(AssemblyName asked) =>
        ProcessAssemblies.Find(asked.Name!) is { } path
        && (asked.Name!.StartsWith("Microsoft.DotNet.Interactive", StringComparison.Ordinal)
            || asked.Name == typeof(CellLoadContext).Assembly.GetName().Name
            || (!ProcessAssemblies.IsOfKernel(path) && StandsInFor(asked, AssemblyName.GetAssemblyName(path))));

    // Each was built against a version of the others that was there at the time; a restore brings one version of each, the newest that any asked for. Only of an assembly with a key do versions count.
    private static bool StandsInFor(AssemblyName asked, AssemblyName present) =>
        asked.Version is null
        || asked.GetPublicKeyToken() is not { Length: > 0 } token
        || (present.Version >= asked.Version && token.AsSpan().SequenceEqual(present.GetPublicKeyToken()));
}
