using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Multiprocessing.Tests.Serialization.Assemblies;

/// <summary>A load context as plug-ins and packages have them: it alone knows where things are.</summary>
internal sealed class PluginContext : AssemblyLoadContext
{
    /// <summary>The assemblies that it knows, by simple name (with the culture's folder before it), each in a place that nobody would guess.</summary>
    public Dictionary<string, string> Files { get; } = [];

    /// <summary>Those that exist in memory alone.</summary>
    public Dictionary<string, byte[]> Images { get; } = [];

    /// <summary>The native libraries that it knows.</summary>
    public Dictionary<string, string> NativeLibraries { get; } = [];

    /// <summary>A static method of a class in an assembly, as a function.</summary>
    public static Func<T> Function<T>(Assembly assembly, string type, string method) => assembly.GetType(type)!.GetMethod(method)!.CreateDelegate<Func<T>>();

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = string.IsNullOrEmpty(assemblyName.CultureName) ? assemblyName.Name! : $"{assemblyName.CultureName}/{assemblyName.Name}";
        return Files.TryGetValue(name, out string? path) ? LoadFromAssemblyPath(path)
            : Images.TryGetValue(name, out byte[]? image) ? LoadFromStream(new MemoryStream(image))
            : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        NativeLibraries.TryGetValue(unmanagedDllName, out string? path) ? NativeLibrary.Load(path) : 0;
}
