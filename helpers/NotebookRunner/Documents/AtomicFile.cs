using System.Text;

namespace NotebookRunner.Documents;

/// <summary>Writes a text file so that a reader, or a power cut, never meets half of it.</summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding Utf8WithoutBom = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Replaces the file, or makes it. A link is followed; the permissions of what was there are kept.</summary>
    /// <exception cref="InvalidInputException">The folder or the file cannot be written.</exception>
    internal static void WriteAllText(string path, string text)
    {
        string target = Path.GetFullPath(path);
        string? temporary = null;
        try
        {
            if (File.Exists(target))
                target = File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
            temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Utf8WithoutBom.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
            throw new InvalidInputException(
                $"{path}: cannot be written ({exception.Message.ReplaceLineEndings(" ")}). Make the folder writable or choose another with --out.",
                exception);
        }
    }
}
