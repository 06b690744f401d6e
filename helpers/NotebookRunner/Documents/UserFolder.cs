namespace NotebookRunner.Documents;

/// <summary>What we keep on this machine for the user, which is nobody else's business: it names, or is, what a kernel loads.</summary>
internal static class UserFolder
{
    /// <summary>The path of a folder of ours, which need not be there yet; null if the user has no place for such things.</summary>
    internal static string? Find(string name) =>
        // Not verified: a new user's is not there yet.
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data
            ? Path.Combine(data, "NotebookRunner", name)
            : null;

    /// <summary>Makes a folder for the user alone. On Windows that follows from where it lies.</summary>
    internal static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
