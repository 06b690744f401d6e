namespace NotebookRunner.Handouts.Printing;

/// <summary>
/// The address under which a browser opens a file. Not <see cref="Uri"/>: of a path on Windows it keeps a percent sign as it is, so that the browser reads <c>100%25</c> as another name, and a path that
/// begins with <c>\\?\</c> it refuses.
/// </summary>
internal static class FileAddress
{
    private const string LongPath = @"\\?\";
    private const string LongPathOfServer = @"\\?\UNC\";

    /// <param name="path">A full path.</param>
    internal static string Of(string path)
    {
        if (path.StartsWith(LongPathOfServer, StringComparison.OrdinalIgnoreCase))
            path = @"\\" + path[LongPathOfServer.Length..];
        else if (path.StartsWith(LongPath, StringComparison.Ordinal))
            path = path[LongPath.Length..];
        if (path.StartsWith(@"\\", StringComparison.Ordinal))
            return "file://" + Escape(path[2..].Split('\\', '/'));
        return path is [_, ':', '\\' or '/', ..]
            ? $"file:///{path[..2]}/{Escape(path[3..].Split('\\', '/'))}"
            : "file://" + Escape(path.Split('/'));
    }

    private static string Escape(string[] names) => string.Join('/', names.Select(Uri.EscapeDataString));
}
