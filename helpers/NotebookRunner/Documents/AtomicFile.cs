using System.Diagnostics;
using System.Text;

namespace NotebookRunner.Documents;

/// <summary>Writes files so that a reader, or a power cut, never meets half of one.</summary>
internal static class AtomicFile
{
    private const int SharingViolation = unchecked((int)0x8007_0020);

    private static readonly UTF8Encoding Utf8WithoutBom = new(encoderShouldEmitUTF8Identifier: false);

    // On Windows a file that another program has open cannot be replaced unless that program allows it. Those that look at each new file, for viruses or for a search, let go of it soon.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

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
            Move(temporary, target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
            throw CannotBeWritten(path, exception);
        }
    }

    /// <summary>Puts a file in the place of another one, or where there is none yet.</summary>
    /// <exception cref="InvalidInputException">The folder or the other file cannot be written. If that is because a program has it open, the new one lies beside it.</exception>
    internal static void Replace(string path, string file)
    {
        try
        {
            Move(file, Path.GetFullPath(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotBeWritten(path, exception);
        }
    }

    private static void Move(string file, string target)
    {
        long start = Stopwatch.GetTimestamp();
        for (bool isFirst = true; ; isFirst = false)
        {
            try
            {
                File.Move(file, target, overwrite: true);
                ForgetKept(target);
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && OperatingSystem.IsWindows() && (isFirst || IsHeld(target) || IsHeld(file)))
            {
                if (Stopwatch.GetElapsedTime(start) > Patience)
                    throw KeepBeside(file, target, exception);
                Thread.Sleep(50);
            }
        }
    }

    // What was written may have taken minutes to compute.
    private static InvalidInputException KeepBeside(string file, string target, Exception exception)
    {
        string kept = KeptFor(target);
        File.Move(file, kept, overwrite: true);
        return new InvalidInputException($"{target}: is open in another program, and stays as it was. Close it there and run again, or put {kept} in its place, which is what was to be written.", exception);
    }

    // Older than what is in its place now.
    private static void ForgetKept(string target)
    {
        if (!OperatingSystem.IsWindows())
            return;
        try
        {
            File.Delete(KeptFor(target));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody has that one open now. It does no harm.
        }
    }

    private static string KeptFor(string target) => target + ".new";

    /// <summary>Whether a program has the file open.</summary>
    private static bool IsHeld(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException exception)
        {
            return exception.HResult == SharingViolation;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static InvalidInputException CannotBeWritten(string path, Exception exception) =>
        new($"{path}: cannot be written ({exception.Message.ReplaceLineEndings(" ")}). Make the folder writable or choose another with --out.", exception);
}
