using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NotebookRunner.Documents;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>
/// What earlier restores have brought, so that a notebook which is run again does not wait for the SDK again. A result counts for the same project, as long as all of its files are there.
/// </summary>
/// <param name="folder">Where the results are kept; null for nowhere.</param>
internal sealed class RestoreCache(string? folder)
{
    private static readonly JsonSerializerOptions Complete = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>The one of this user.</summary>
    public static RestoreCache OfUser { get; } = new(UserFolder.Find("packages"));

    /// <summary>The result for the project; null if there is none that still holds.</summary>
    public RestoredPackages? Find(string project)
    {
        try
        {
            return folder is not null
                && JsonSerializer.Deserialize<RestoredPackages>(File.ReadAllBytes(FileOf(folder, project)), Complete) is { } restored
                && restored.References.Concat(restored.Assemblies).Concat(restored.SatelliteAssemblies).Concat(restored.NativeLibraries).All(File.Exists)
                    ? restored with { Versions = new Dictionary<string, string>(restored.Versions, StringComparer.OrdinalIgnoreCase) }
                    : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a result, if that can be done.</summary>
    public void Keep(string project, RestoredPackages restored)
    {
        if (folder is null)
            return;
        try
        {
            UserFolder.Create(folder);
            AtomicFile.WriteAllText(FileOf(folder, project), JsonSerializer.Serialize(restored));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidInputException)
        {
            // The next run takes as long as this one.
        }
    }

    // The project says all that a restore depends on, but for where packages are put.
    private static string FileOf(string folder, string project)
    {
        string key = project + "\n" + Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        return Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))) + ".json");
    }
}
