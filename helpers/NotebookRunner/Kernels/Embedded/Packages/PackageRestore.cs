using System.Runtime.InteropServices;
using System.Security;
using System.Text.Json;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>Lets the SDK restore packages, as it would for a project that references them.</summary>
internal static class PackageRestore
{
    private const string MSBuildLetters = "%;$@'()*?";

    /// <summary>Restores packages, with the NuGet configuration of the current directory.</summary>
    /// <exception cref="CellFailedException">The SDK says that it cannot be done.</exception>
    public static RestoredPackages Run(
        IReadOnlyDictionary<string, string> packages, IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        string code = WriteProject(packages, sources);
        // What was asked for without a version may have a newer one by now.
        bool isExact = packages.Values.All(version => PackageVersion.TryParse(version) is not null);
        if (isExact && RestoreCache.OfUser.Find(code) is { } known)
            return known;
        RestoredPackages restored = Run(code, cancellationToken);
        if (isExact)
            RestoreCache.OfUser.Keep(code, restored);
        return restored;
    }

    private static RestoredPackages Run(string code, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("notebook-packages-");
        try
        {
            string project = Path.Combine(folder.FullName, "packages.csproj");
            File.WriteAllText(project, code);
            string items = Path.Combine(folder.FullName, "items.json");
            RestoreProcess.Run(RestoreProcess.OfSdk(project, items), RestoreProcess.SourcePatience, cancellationToken);
            return Read(File.ReadAllText(items), File.ReadAllText(Path.Combine(folder.FullName, "obj", "project.assets.json")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string WriteProject(IReadOnlyDictionary<string, string> packages, IReadOnlyList<string> sources)
    {
        var references = packages.Select(
            package => $"<PackageReference Include=\"{SecurityElement.Escape(package.Key)}\" Version=\"{SecurityElement.Escape(package.Value)}\" />");
        return $"""
            <Project>
              <PropertyGroup>
                <!-- Nothing that lies above the temporary folder shall have a say. -->
                <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
                <ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>
                <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>
              </PropertyGroup>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <UseAppHost>false</UseAppHost>
                <CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies>
                <NuGetAudit>false</NuGetAudit>
                <RestoreRootConfigDirectory>{EscapePath(Directory.GetCurrentDirectory())}</RestoreRootConfigDirectory>
                <RestoreAdditionalProjectSources>{string.Join(';', sources.Select(EscapePath))}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                {string.Concat(references)}
              </ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """;
    }

    // What MSBuild would read as something else: an escape of its own, a list, a property, an item.
    private static string EscapePath(string path) =>
        SecurityElement.Escape(string.Concat(path.Select(letter => MSBuildLetters.Contains(letter) ? $"%{(int)letter:X2}" : $"{letter}")));

    private static RestoredPackages Read(string json, string assetsJson)
    {
        using var document = JsonDocument.Parse(json);
        using var assets = JsonDocument.Parse(assetsJson);
        var items = document.RootElement.GetProperty("Items");
        var copied = items.GetProperty("ReferenceCopyLocalPaths").EnumerateArray().ToList();
        string[] assemblies = [.. PathsOf("runtime")];
        // A package may have one assembly to compile against and another to run; who can, compiles against what will run.
        var references = items.GetProperty("ReferencePath").EnumerateArray()
            .Where(item => Get(item, "NuGetPackageId").Length > 0 && Get(item, "FrameworkReferenceName").Length == 0)
            .Select(item => Get(item, "FullPath"));
        // Libraries are named Id/version there.
        var versions = assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Select(library => library.Name.Split('/'))
            .ToDictionary(name => name[0], name => name[1], StringComparer.OrdinalIgnoreCase);
        return new(
            [.. assemblies.Concat(references).DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)],
            assemblies,
            [.. PathsOf("resources")],
            [.. PathsOf("native")],
            versions);

        IEnumerable<string> PathsOf(string assetType) =>
            copied.Where(item => Get(item, "AssetType") == assetType).Select(item => Get(item, "FullPath"));
    }

    private static string Get(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
