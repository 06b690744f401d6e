using NotebookRunner.Documents;
using NotebookRunner.Programs;

namespace NotebookRunner.Jupyter;

/// <summary>Where Jupyter keeps what is its user's.</summary>
/// <remarks>https://docs.jupyter.org/en/stable/use/jupyter-directories.html#data-files</remarks>
internal static class JupyterFolder
{
    /// <summary>The user's data folder.</summary>
    /// <exception cref="InvalidInputException">This user has none.</exception>
    internal static string OfUser()
    {
        if (PathVariable.Read("JUPYTER_DATA_DIR") is { } named)
            return named;
        if (OperatingSystem.IsWindows() && Folder(Environment.SpecialFolder.ApplicationData) is { } roaming)
            return Path.Combine(roaming, "jupyter");
        if (OperatingSystem.IsMacOS() && Folder(Environment.SpecialFolder.UserProfile) is { } home)
            return Path.Combine(home, "Library", "Jupyter");
        // On Linux $XDG_DATA_HOME, or ~/.local/share.
        return Folder(Environment.SpecialFolder.LocalApplicationData) is { } data
            ? Path.Combine(data, "jupyter")
            : throw new InvalidInputException("This user has no folder for Jupyter's data. Name one with --data-dir.");
    }

    private static string? Folder(Environment.SpecialFolder folder) =>
        Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } path ? path : null;
}
