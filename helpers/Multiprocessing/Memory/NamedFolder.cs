using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Memory.Windows;

namespace Multiprocessing.Memory;

/// <summary>The folder in which segments lie that have a name of somebody's choice: one for all programs of this user. Thread-safe and process-safe.</summary>
/// <param name="roots">Where folders of segments are made: it is on the first.</param>
internal sealed unsafe class NamedFolder(Lazy<string> roots)
{
    /// <summary>The sweep takes it for nobody's who has ended: there is no process in it.</summary>
    private const string Prefix = SegmentFolder.Prefix + "named-";

    /// <summary>What the file of a name begins with: no name of the system's is among them (Windows has some), nor one of a segment without a name.</summary>
    private const string FilePrefix = "named-";
    private const string DraftPrefix = "draft-";
    private const string TurnFile = "turn";
    private const int LongestName = 100;
    private const int FastAttempts = 20;

    /// <summary>In the number of an exception of Windows: that of the error.</summary>
    private const int CodeBits = 0xFFFF;

    /// <summary>Before a letter that is upper case in the name: not every file system tells them apart.</summary>
    private const char UpperCase = '=';

    /// <summary>Between the path of a segment and its number, where it is sent: the name may be another one's by the time that it arrives.</summary>
    public const char NumberMark = '*';

    /// <summary>A file without a name yet belongs to somebody who is making it just now, or was killed then.</summary>
    private static readonly TimeSpan DraftLimit = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan TurnLimit = TimeSpan.FromSeconds(2);

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>The folder, made if there is none.</summary>
    /// <exception cref="UnauthorizedAccessException">It is another user's, or lets others in.</exception>
    public string Ensure()
    {
        string folder = Find();
        if (!Check(folder))
        {
            SegmentFolder.Make(folder);
            Check(folder);
        }

        return folder;
    }

    /// <summary>Where the segment of a name is, or would be. Whether the folder is there and nobody else's is looked at by whoever takes the turn, as all do before they open it.</summary>
    /// <exception cref="ArgumentException">It is no name.</exception>
    public string PathOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > LongestName || name.AsSpan().ContainsAnyExcept(NameCharacters) || name[^1] == '.')
        {
            // Windows leaves a '.' at the end away, so that two names would be the same file.
            throw new ArgumentException($"A name of shared memory has 1 to {LongestName} characters: letters and digits of ASCII, '-', '_' and '.', this not at its end. '{name}' is none.", nameof(name));
        }

        StringBuilder file = new(FilePrefix);
        foreach (char character in name)
        {
            if (char.IsAsciiLetterUpper(character))
            {
                file.Append(UpperCase);
            }

            file.Append(char.ToLowerInvariant(character));
        }

        return Path.Combine(Find(), file.ToString());
    }

    /// <summary>The name of a segment's file; null if it is none that has a name.</summary>
    public static string? NameOf(string path)
    {
        string file = Path.GetFileName(path);
        if (!file.StartsWith(FilePrefix, StringComparison.Ordinal) || !Path.GetFileName(Path.GetDirectoryName(path.AsSpan())).StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        StringBuilder name = new();
        for (int i = FilePrefix.Length; i < file.Length; i++)
        {
            name.Append(file[i] == UpperCase && i + 1 < file.Length ? char.ToUpperInvariant(file[++i]) : file[i]);
        }

        return name.ToString();
    }

    /// <summary>
    /// Waits until nobody else opens, leaves or deletes a segment: of two that did so at the same time, each could take the other for one that uses it. Who has the turn needs it for some microseconds; the system ends it with the process.
    /// </summary>
    /// <returns>What ends the turn; null if somebody who has been stopped has it: better without than never.</returns>
    public SafeFileHandle? TakeTurn()
    {
        string path = Path.Combine(Ensure(), TurnFile);

        // On Unix .NET shares the lock as it opens a file, unless it is to have it alone.
        FileShare share = OperatingSystem.IsWindows() ? FileShare.ReadWrite | FileShare.Delete : FileShare.None;
        WaitDeadline deadline = new(TurnLimit);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
                if (FileLock.TryTake(file))
                {
                    return file;
                }

                file.Dispose();
                if (deadline.IsOver)
                {
                    return null;
                }
            }
            catch (IOException) when (!deadline.IsOver)
            {
                // Somebody has it.
            }
            catch (IOException)
            {
                return null;
            }

            Thread.Sleep(attempt < FastAttempts ? 0 : 1);
        }
    }

    /// <summary>Where to make a segment before it gets its name.</summary>
    public string NewDraft() => Path.Combine(Ensure(), DraftPrefix + Guid.NewGuid().ToString("N"));

    /// <summary>Gives a segment its name, unless there is one of that name: the file is there, whole, or it is not.</summary>
    public static bool TryPublish(string draft, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                File.Move(draft, path);
                return true;
            }
            catch (IOException e) when ((e.HResult & CodeBits) is Kernel32.AlreadyExists or Kernel32.FileExists)
            {
                // It was there then, and may be gone by now: a look would not tell.
                return false;
            }
        }

        // File.Move looks first and renames then: two at the same time would both succeed.
        fixed (byte* from = Encoding.UTF8.GetBytes(draft + '\0'), to = Encoding.UTF8.GetBytes(path + '\0'))
        {
            if (Libc.Link(from, to) != 0)
            {
                return Marshal.GetLastSystemError() == Libc.Exists ? false : throw new IOException($"'{path}' could not be made: no second name can be given to a file there.");
            }
        }

        File.Delete(draft);
        return true;
    }

    /// <summary>The names that there are.</summary>
    /// <exception cref="UnauthorizedAccessException">It is another user's, or lets others in.</exception>
    public string[] List() => [.. Files(FilePrefix).Select(static path => NameOf(path)!).Order(StringComparer.Ordinal)];

    /// <summary>Deletes what was to last until its last user ended, if nobody uses it, and what killed programs were making.</summary>
    public void Sweep(SegmentFolder owner)
    {
        try
        {
            string[] all = Files(FilePrefix);
            using (SafeFileHandle? turn = all.Length == 0 ? null : TakeTurn())
            {
                foreach (string file in all)
                {
                    NamedUse.DeleteUnused(file, owner);
                }
            }

            foreach (string draft in Files(DraftPrefix))
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(draft) > DraftLimit)
                {
                    owner.Delete(draft);
                }
            }

            // What has lost its name and could not be deleted then, since somebody had it mapped (on Windows).
            Array.ForEach(Array.FindAll(Files(""), static file => Guid.TryParseExact(Path.GetFileName(file), "N", out _)), static file => SegmentSweep.TryDelete(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked at cannot be swept.
        }
    }

    /// <returns>False if there is none.</returns>
    private static bool Check(string folder)
    {
        bool isOurs;
        UnixFileMode access = SegmentFolder.OwnerOnly;
        if (OperatingSystem.IsLinux())
        {
            // At every use, and so with a single look.
            if (FileStatus.Of(folder) is not { } status)
            {
                return false;
            }

            isOurs = status.IsFolder && status.Owner == Libc.EffectiveUser();
            access = status.Access;
        }
        else
        {
            if (!Directory.Exists(folder))
            {
                return false;
            }

            if (!OperatingSystem.IsWindows())
            {
                access = File.GetUnixFileMode(folder);
            }

            isOurs = access != SegmentFolder.OwnerOnly || (new DirectoryInfo(folder).LinkTarget is null && SegmentSweep.IsOurs(folder));
        }

        if (!isOurs)
        {
            throw new UnauthorizedAccessException($"The folder for named shared memory, '{folder}', belongs to another user: only that one, or the system's administrator, can remove it.");
        }

        if (access != SegmentFolder.OwnerOnly)
        {
            throw new UnauthorizedAccessException($"The folder for named shared memory, '{folder}', lets others in than its owner: remove it, or take their access away (chmod 700).");
        }

        return true;
    }

    private string Find() => Path.Combine(roots.Value, Prefix + (OperatingSystem.IsWindows() ? UserFolder.UserName : Libc.EffectiveUser().ToString(CultureInfo.InvariantCulture)));

    private string[] Files(string prefix)
    {
        string folder = Find();
        return !Check(folder) ? [] : Directory.GetFiles(folder, prefix + "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None });
    }
}
