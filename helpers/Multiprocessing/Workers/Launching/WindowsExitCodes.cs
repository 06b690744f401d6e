using System.Globalization;

namespace Multiprocessing.Workers.Launching;

/// <summary>
/// What the exit codes of Windows mean. There is nothing else to tell how a process ended: a crash is the number of an exception (NTSTATUS), and a process that was ended has the code that was chosen for it.
/// </summary>
internal static class WindowsExitCodes
{
    /// <summary>The exit code of a worker that its parent has ended: the same as on Unix, where it is 128 and the number of SIGKILL.</summary>
    public const int Killed = 137;

    /// <summary>How a process ended that had not done its work, as the end of a sentence about it.</summary>
    public static string DescribeEnd(int code) => code switch
    {
        // Nobody knows who has chosen such a code; but to be told what it often means helps.
        1 => "exited with code 1 (as Task Manager and taskkill have a process end)",
        Killed => $"exited with code {Killed} (as its parent has a worker end)",
        -1 => "exited with code -1 (as Process.Kill has a process end)",
        _ => IsStatus(code) ? $"ended with {Describe(code)}" : $"exited with code {Describe(code)}",
    };

    /// <summary>The code as one would look it up, and what it means, if that is known: <c>0xC00000FD (stack overflow)</c>, or just <c>3</c>.</summary>
    public static string Describe(int code)
    {
        string number = IsStatus(code) ? string.Create(CultureInfo.InvariantCulture, $"0x{code:X8}") : code.ToString(CultureInfo.InvariantCulture);
        return MeaningOf(code) is { } meaning ? $"{number} ({meaning})" : number;
    }

    /// <summary>Whether it is one of the numbers that the system and the runtimes have for what happens. A small one, negative or not, is the program's own.</summary>
    private static bool IsStatus(int code) => (uint)code >> 28 is 0x4 or (>= 0x8 and <= 0xE);

    private static string? MeaningOf(int code) => (uint)code switch
    {
        // Of the system.
        0x4001_0004 => "ended by a debugger or the end of the session",
        0x8000_0003 => "breakpoint without a debugger",
        0xC000_0005 => "access violation",
        0xC000_0006 => "a mapped file cannot be read",
        0xC000_0017 => "no memory",
        0xC000_001D => "illegal instruction",
        0xC000_007B => "a DLL for another kind of processor",
        0xC000_008C => "array bounds exceeded",
        0xC000_008E => "floating-point division by zero",
        0xC000_0094 => "integer division by zero",
        0xC000_0095 => "integer overflow",
        0xC000_0096 => "privileged instruction",
        0xC000_00FD => "stack overflow",
        0xC000_012D => "no memory: the paging file is too small",
        0xC000_0135 => "a DLL was not found",
        0xC000_0139 => "a DLL lacks a function",
        0xC000_013A => "Ctrl-C",
        0xC000_0142 => "a DLL could not be initialized",
        0xC000_0374 => "heap corruption",
        0xC000_0409 => "fail fast in native code, such as a buffer overrun",
        0xC000_0602 => "fail fast",

        // Of .NET and of C++.
        0x8007_000E => "no memory",
        0x8013_1506 => "fatal error of the runtime",
        0x8013_1623 => "Environment.FailFast",
        0x8007_03E9 => "stack overflow",
        0xE043_4352 => "unhandled .NET exception",
        0xE06D_7363 => "unhandled C++ exception",
        _ => null,
    };
}
