using System.Diagnostics;
using System.Globalization;
using System.Security.AccessControl;
using System.Security.Principal;
using Multiprocessing.Memory;

namespace Multiprocessing.Tests.Memory;

public sealed class SegmentSweepTests : IDisposable
{
    private static readonly string Secret = Guid.NewGuid().ToString("N");
    private static readonly ProcessIdentity Own = ProcessIdentity.OfThisProcess;
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("mp-test-");

    public void Dispose() => _place.Delete(recursive: true);

    [Fact]
    public void Folders_of_processes_that_have_ended_go_with_those_of_their_workers()
    {
        string folder = Make(Own with { Id = EndedProcess() });
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "w17", "w18")).FullName, Secret), "");

        SegmentSweep.Run(_place.FullName);

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Parts_of_segments_go_and_what_only_looks_like_one_stays()
    {
        string folder = Make(Own with { Id = EndedProcess() });
        string foreign = Path.Combine(folder, Secret + ".txt");
        File.WriteAllText(foreign, "");
        foreach (string ending in (string[])["0000001a", Secret, $"{Secret}.{Secret}"])
        {
            File.WriteAllText(Path.Combine(folder, $"{Secret}.{ending}"), "");
        }

        SegmentSweep.Run(_place.FullName);

        Assert.Equal([foreign], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_number_that_came_again_does_not_save_the_folder()
    {
        string folder = Make(Own with { Start = Own.Start - 1 });

        SegmentSweep.Run(_place.FullName);

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void What_belongs_to_a_running_process_or_to_another_container_stays()
    {
        string running = Make(Own);
        string elsewhere = Make(Own with { Id = EndedProcess(), Space = Own.Space + 1 });

        SegmentSweep.Run(_place.FullName);

        Assert.NotEmpty(Directory.GetFiles(running));
        Assert.NotEmpty(Directory.GetFiles(elsewhere));
    }

    [Fact]
    public void What_is_named_otherwise_stays()
    {
        string folder = Make(Own with { Id = EndedProcess() });
        string foreign = Path.Combine(folder, "notes.txt");
        File.WriteAllText(foreign, "");
        string other = Directory.CreateDirectory(Path.Combine(_place.FullName, "multiprocessing-report-of-2026")).FullName;
        string file = Path.Combine(_place.FullName, $"multiprocessing-{Own with { Id = EndedProcess() }}-{Secret}".Replace(Secret, new string('a', 32), StringComparison.Ordinal));
        File.WriteAllText(file, "");

        SegmentSweep.Run(_place.FullName);

        Assert.True(File.Exists(foreign) && Directory.Exists(other) && File.Exists(file));
    }

    [Fact(WineGap = WineGaps.Links)]
    public void Links_are_not_followed()
    {
        string target = Directory.CreateDirectory(Path.Combine(_place.FullName, "target")).FullName;
        string precious = Path.Combine(target, Secret);
        File.WriteAllText(precious, "");
        string folder = Make(Own with { Id = EndedProcess() });
        Link(Path.Combine(folder, "w1"), target);
        Link(Path.Combine(_place.FullName, $"multiprocessing-{Own with { Id = EndedProcess(), Start = 1 }}-{Secret}"), target);
        if (!OperatingSystem.IsWindows())
        {
            // There, it takes a right that not everybody has.
            File.CreateSymbolicLink(Path.Combine(folder, new string('b', 32)), precious);
        }

        SegmentSweep.Run(_place.FullName);

        Assert.True(File.Exists(precious));
    }

    [Fact(WineGap = WineGaps.Owners)]
    public void A_folder_of_another_user_stays()
    {
        // Whoever can give a folder away is root, or an administrator, and could remove it.
        string folder = Make(Own with { Id = EndedProcess() });
        if (TryGiveAway(folder))
        {
            SegmentSweep.Run(_place.FullName);
            Assert.NotEmpty(Directory.GetFiles(folder));
        }
    }

    [Fact]
    public void A_place_that_is_not_there_is_no_error()
    {
        string none = Path.Combine(_place.FullName, "none");

        Assert.Null(Record.Exception(() => SegmentSweep.Run(none)));
        Assert.False(Directory.Exists(none));
    }

    /// <summary>Makes a folder that is another one; on Windows one as everybody may make it.</summary>
    private static void Link(string path, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            using Process link = Process.Start(new ProcessStartInfo("cmd.exe", $"/c mklink /J \"{path}\" \"{target}\"") { RedirectStandardOutput = true })!;
            link.WaitForExit();
        }
        else
        {
            Directory.CreateSymbolicLink(path, target);
        }

        Assert.NotNull(new DirectoryInfo(path).LinkTarget);
    }

    private static bool TryGiveAway(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                DirectoryInfo info = new(folder);
                DirectorySecurity security = info.GetAccessControl();
                security.SetOwner(new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null));
                info.SetAccessControl(security);
                return true;
            }
            catch (Exception e) when (e is UnauthorizedAccessException or InvalidOperationException)
            {
                return false;
            }
        }

        using Process chown = Process.Start(new ProcessStartInfo("chown", ["12345", folder]) { RedirectStandardError = true })!;
        chown.WaitForExit();
        return chown.ExitCode == 0;
    }

    private static int EndedProcess()
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["--list-runtimes"]) { RedirectStandardOutput = true })!;
        _ = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.Id;
    }

    private string Make(ProcessIdentity owner)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"multiprocessing-{owner}-{Secret}");
        string folder = Directory.CreateDirectory(Path.Combine(_place.FullName, name)).FullName;
        File.WriteAllText(Path.Combine(folder, Secret), "");
        return folder;
    }
}
