using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace NotebookRunner.Tests.Kernels;

/// <summary>A test that restores a package, from the machine's package cache or from a registry.</summary>
internal sealed class RegistryFactAttribute : FactAttribute
{
    private const string UsualPackage = "Newtonsoft.Json", UsualVersion = "13.0.1";

    private static readonly ConcurrentDictionary<(string Id, string Version), Lazy<bool>> Restored = new();

    public static bool CanRestore => CanRestorePackage(UsualPackage, UsualVersion);

    public RegistryFactAttribute(
        string id = UsualPackage, string version = UsualVersion, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!CanRestorePackage(id, version))
            Skip = $"{id} {version} cannot be restored here: no package registry within reach";
    }

    /// <summary>Whether it needs the real .NET Interactive, too.</summary>
    public bool WithRealKernel
    {
        get => RealKernel.IsThere;
        init => Skip ??= value ? new RealKernelFactAttribute().Skip : null;
    }

    private static bool CanRestorePackage(string id, string version) => Restored.GetOrAdd((id, version), static package => new(() =>
    {
        try
        {
            NotebookRunner.Kernels.Embedded.Packages.PackageRestore.Run(new Dictionary<string, string> { [package.Id] = package.Version }, [], CancellationToken.None);
            return true;
        }
        catch (NotebookRunner.Kernels.Embedded.CellFailedException)
        {
            return false;
        }
    })).Value;
}
