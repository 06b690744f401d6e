// What Wine does not do as Windows does, in a program that uses nothing but .NET: a verb for each gap of helpers/Testing/WineGaps.cs.
// Ends with exit code 0 where there is no such gap, as on Windows, and with 1 where there is.
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

[assembly: SupportedOSPlatform("windows")]

switch (args)
{
    case ["access"]:
        // One user alone may do anything in the folder, and with what is made in it.
        SecurityIdentifier user = WindowsIdentity.GetCurrent().User!;
        DirectorySecurity own = new();
        own.SetSecurityDescriptorSddlForm($"O:{user}D:P(A;OICI;FA;;;{user})");
        DirectoryInfo folder = own.CreateDirectory(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")));
        FileInfo file = new(Path.Combine(folder.FullName, "file"));
        file.Create().Dispose();
        bool isOthers = file.GetAccessControl().GetAccessRules(true, true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>()
            .Any(static rule => rule.IdentityReference.Equals(new SecurityIdentifier(WellKnownSidType.WorldSid, null)));
        return Tell(isOthers ? "" : "nobody else may access a file in it");

    case ["control-break"]:
        // Of a program that has a console of its own, as those have that are started without a window.
        ProcessStartInfo hearing = new(Environment.ProcessPath!, [Assembly.GetExecutingAssembly().Location, "hear"]) { CreateNoWindow = true, RedirectStandardOutput = true, UseShellExecute = false };
        using (Process hearer = Process.Start(hearing)!)
        {
            return Tell(hearer.StandardOutput.ReadToEnd().Trim());
        }

    case ["hear"]:
        using (ManualResetEventSlim heard = new())
        using (PosixSignalRegistration handler = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context =>
        {
            context.Cancel = true;
            heard.Set();
        }))
        {
            // All that have this console.
            Console.WriteLine(Native.GenerateConsoleCtrlEvent(Native.ControlBreak, 0) && heard.Wait(TimeSpan.FromSeconds(10)) ? "its handler runs" : "");
        }

        return 0;

    case ["cultures"]:
        // Windows has ICU since version 1903; without it .NET asks the system for its older data.
        return Tell(CultureInfo.GetCultureInfo("fa-IR").DateTimeFormat.MonthNames[0]);

    case ["job-limits"]:
        // A job in which a process may commit 512 MB. (Of processor time Wine takes no more note.)
        nint job = Native.CreateJobObjectW(0, 0);
        ExtendedLimits limits = new() { Flags = Native.ProcessMemory, MostProcessMemory = 512 << 20 };
        if (!Native.SetInformationJobObject(job, Native.Extended, ref limits, Marshal.SizeOf<ExtendedLimits>()) || !Native.AssignProcessToJobObject(job, Process.GetCurrentProcess().Handle))
        {
            return Tell("");
        }

        try
        {
            new Span<byte>(new byte[1 << 30]).Fill(1);
            return Tell("");
        }
        catch (OutOfMemoryException)
        {
            return Tell("there is no more than 512 MB");
        }

    case ["links"]:
        // Junctions, which everybody may make; a symbolic link takes a right that one may lack.
        string linked = Path.Combine(Directory.CreateTempSubdirectory().FullName, "link");
        using (Process link = Process.Start(new ProcessStartInfo("cmd.exe", $"/c mklink /J \"{linked}\" \"{Path.GetTempPath()}\"") { RedirectStandardError = true, RedirectStandardOutput = true })!)
        {
            link.WaitForExit();
        }

        return Tell(new DirectoryInfo(linked).LinkTarget is { } target ? $"it is linked to {target}" : "");

    case ["owners"]:
        // Only an administrator may do that, as whom programs run in Wine.
        DirectoryInfo owned = Directory.CreateTempSubdirectory();
        DirectorySecurity security = owned.GetAccessControl();
        SecurityIdentifier administrators = new(WellKnownSidType.BuiltinAdministratorsSid, null);
        security.SetOwner(administrators);
        owned.SetAccessControl(security);
        return Tell(administrators.Equals(owned.GetAccessControl().GetOwner(typeof(SecurityIdentifier))) ? "the administrators are the owner" : "");

    case ["placeholders"]:
        // What CoreCLR begins with where its own library is a part of the program's file.
        nint reserved = Native.VirtualAlloc2(-1, 0, 1 << 20, Native.Reserve | Native.ReservePlaceholder, Native.NoAccess, 0, 0);
        return Tell(reserved != 0 ? "memory is reserved for it" : "");

    case ["processor-times"]:
        // Another program that does nothing while this one works.
        using (Process idle = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Assembly.GetExecutingAssembly().Location, "idle"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!)
        {
            idle.StandardOutput.ReadLine();
            using Process self = Process.GetCurrentProcess();
            while (self.TotalProcessorTime < TimeSpan.FromSeconds(2))
            {
                self.Refresh();
            }

            TimeSpan others = idle.TotalProcessorTime;
            idle.StandardInput.Close();
            return Tell(others < TimeSpan.FromSeconds(1) ? $"it has worked for {others.TotalSeconds:0.00} s" : "");
        }

    case ["idle"]:
        Console.WriteLine("begun");
        Console.ReadLine();
        return 0;

    case ["stack-overflow"]:
        return Tell(End("overflow") is { } overflowed ? $"it ends with 0x{overflowed:X8}" : "");

    case ["fail-fast"]:
        // Of the exception that .NET raises then: COR_E_FAILFAST.
        return Tell(End("fail") is unchecked((int)0x8013_1623) ? "it ends with 0x80131623" : "");

    case ["overflow"]:
        return Descend(0);

    case ["fail"]:
        Environment.FailFast("enough");
        return 0;

    default:
        Console.Error.WriteLine("One of: access, control-break, cultures, job-limits, links, owners, placeholders, processor-times, stack-overflow, fail-fast.");
        return 2;
}

static int Tell(string seen)
{
    Console.WriteLine(seen.Length > 0 ? $"no gap: {seen}" : "a gap");
    return seen.Length > 0 ? 0 : 1;
}

// The exit code of this program when it is told to end in that way; null if it does not end.
static int? End(string how)
{
    using Process program = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Assembly.GetExecutingAssembly().Location, how]) { RedirectStandardError = true })!;
    program.ErrorDataReceived += static (_, _) => { };
    program.BeginErrorReadLine();
    if (program.WaitForExit(TimeSpan.FromSeconds(10)))
    {
        return program.ExitCode;
    }

    program.Kill();
    return null;
}

static int Descend(int depth) => depth < 0 ? 0 : Descend(depth + 1) + Descend(depth + 2);

// JOBOBJECT_EXTENDED_LIMIT_INFORMATION.
[StructLayout(LayoutKind.Sequential)]
internal struct ExtendedLimits
{
    public long ProcessTime, JobTime;
    public uint Flags;
    public nuint LeastWorkingSet, MostWorkingSet;
    public uint MostProcesses;
    public nuint Affinity;
    public uint Priority, Scheduling;
    public ulong Reads, Writes, Others, BytesRead, BytesWritten, OtherBytes;
    public nuint MostProcessMemory, MostJobMemory, PeakProcessMemory, PeakJobMemory;
}

internal static class Native
{
    public const uint ProcessMemory = 0x100;
    public const int Extended = 9;
    public const uint ControlBreak = 1;
    public const uint Reserve = 0x2000;
    public const uint ReservePlaceholder = 0x4_0000;
    public const uint NoAccess = 1;

    [DllImport("kernel32", ExactSpelling = true)]
    public static extern nint CreateJobObjectW(nint security, nint name);

    [DllImport("kernel32")]
    public static extern bool SetInformationJobObject(nint job, int kind, ref ExtendedLimits limits, int size);

    [DllImport("kernel32")]
    public static extern bool AssignProcessToJobObject(nint job, nint process);

    [DllImport("kernelbase", ExactSpelling = true)]
    public static extern nint VirtualAlloc2(nint process, nint at, nint size, uint kind, uint protection, nint parameters, int count);

    [DllImport("kernel32")]
    public static extern bool GenerateConsoleCtrlEvent(uint kind, uint group);
}
