// What Wine does not do as Windows does, in a program that uses nothing but .NET: a verb for each gap of helpers/Testing/WineGaps.cs.
// Ends with exit code 0 where there is no such gap, as on Windows, and with 1 where there is.
using System.Diagnostics;
using System.Globalization;
using System.Reflection;

switch (args)
{
    case ["cultures"]:
        // Windows has ICU since version 1903; without it .NET asks the system for its older data.
        return Tell(CultureInfo.GetCultureInfo("fa-IR").DateTimeFormat.MonthNames[0]);

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
        Console.Error.WriteLine("One of: cultures, stack-overflow, fail-fast.");
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
