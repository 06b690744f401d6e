using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookRunner.Documents;

namespace NotebookRunner.Jupyter;

/// <summary>The folder by which Jupyter's clients, VS Code's among them, know a kernel: its <c>kernel.json</c> says how to start it.</summary>
/// <remarks>https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs</remarks>
internal sealed partial class KernelSpec
{
    /// <summary>The name under which .NET Interactive installs itself, and which C# notebooks store: they open with this kernel without a choice.</summary>
    internal const string DefaultName = ".net-csharp";

    private const string FileName = "kernel.json";

    // What the spec says of its maker, so that nobody takes away another program's.
    private const string Mark = "notebook-runner";

    private readonly string _folder;

    /// <param name="name">The kernel's name.</param>
    /// <param name="data">Jupyter's data folder; null for the user's own.</param>
    /// <exception cref="InvalidInputException">It cannot be a name; or this user has no such folder.</exception>
    internal KernelSpec(string name, string? data)
    {
        if (!ValidName().IsMatch(name))
            throw new InvalidInputException($"A kernel cannot be called '{name}': its name has ASCII letters, digits, '-', '.' and '_' only, and no '.' at its end.");
        if (data is "")
            throw new InvalidInputException("--data-dir names no folder.");
        _folder = Path.Combine(Path.GetFullPath(data ?? JupyterFolder.OfUser()), "kernels", name);
    }

    private string FilePath => Path.Combine(_folder, FileName);

    /// <summary>Writes it.</summary>
    /// <param name="displayName">What clients call the kernel.</param>
    /// <param name="replace">Whether it may take the place of another program's.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="InvalidInputException">There is one of another program; or it cannot be written.</exception>
    internal string Install(string displayName, bool replace)
    {
        if (!replace && File.Exists(FilePath) && !IsOurs())
            throw new InvalidInputException($"{_folder}: there is a kernel of this name of another program. Give --replace to take its place, or --name for another name.");
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{_folder}: cannot be made ({exception.Message.ReplaceLineEndings(" ")}). Choose another folder with --data-dir.", exception);
        }

        AtomicFile.WriteAllText(FilePath, Describe(displayName).ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
        return _folder;
    }

    /// <summary>Takes it away.</summary>
    /// <returns>The folder in which it was.</returns>
    /// <exception cref="InvalidInputException">There is none, or it is another program's.</exception>
    internal string Uninstall()
    {
        if (!File.Exists(FilePath))
            throw new InvalidInputException($"{_folder}: there is no kernel of this name.");
        if (!IsOurs())
            throw new InvalidInputException($"{_folder}: this kernel is of another program, which has to take it away itself.");
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{_folder}: cannot be deleted ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }

        return _folder;
    }

    private static JsonObject Describe(string displayName)
    {
        JsonArray command = [.. RunnerCommand.Words.Select(word => (JsonNode)word), "jupyter", "serve", "{connection_file}"];
        JsonObject spec = new()
        {
            ["argv"] = command,
            ["display_name"] = displayName,
            ["language"] = "csharp",
            // A signal would go to the workers of a pool, too, and end them.
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { [Mark] = new JsonObject() },
        };
        if (RunnerCommand.DotNetRoot is { } root)
            spec["env"] = new JsonObject { ["DOTNET_ROOT"] = root };
        return spec;
    }

    private bool IsOurs()
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(FilePath)) is JsonObject spec && spec["metadata"]?[Mark] is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Not '.' and '..', which are other folders, nor what Windows takes for another name.
    [GeneratedRegex(@"\A[A-Za-z0-9._-]*[A-Za-z0-9_-]\z")]
    private static partial Regex ValidName();
}
