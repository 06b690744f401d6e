using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NotebookRunner.Tests.Programs;

/// <summary>
/// What a console of Windows tells its programs, told to one of them alone: there is no other way to one that shares the console with whoever tells it. A thread in that program runs the function of the
/// system that calls its handlers, as when the console tells it.
/// </summary>
internal static class ConsoleSignal
{
    // Those by which .NET knows them.
    private static readonly Dictionary<string, int> Events = new(StringComparer.Ordinal) { ["INT"] = 0, ["QUIT"] = 1, ["HUP"] = 2, ["TERM"] = 6 };

    internal static void Send(Process process, string signal)
    {
        nint handlers = NativeLibrary.GetExport(NativeLibrary.Load("kernelbase.dll"), "CtrlRoutine");
        // A library of the system lies at the same address in all programs.
        if (CreateRemoteThread(process.Handle, 0, 0, handlers, Events[signal], 0, 0) == 0)
            throw new InvalidOperationException($"SIG{signal} cannot be sent: error {Marshal.GetLastPInvokeError()}");
    }

    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint CreateRemoteThread(nint process, nint security, nint stackSize, nint start, nint argument, int flags, nint id);
}
