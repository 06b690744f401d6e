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
        using (Process program = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Assembly.GetExecutingAssembly().Location, "overflow"]) { RedirectStandardError = true })!)
        {
            Task<string> report = program.StandardError.ReadToEndAsync();
            bool hasEnded = program.WaitForExit(TimeSpan.FromSeconds(20));
            if (!hasEnded)
            {
                program.Kill();
            }

            return Tell(hasEnded ? report.Result.Split('\n')[0] : "");
        }

    case ["overflow"]:
        return Descend(0);

    default:
        Console.Error.WriteLine("One of: cultures, stack-overflow.");
        return 2;
}

static int Tell(string seen)
{
    Console.WriteLine(seen.Length > 0 ? $"no gap: {seen}" : "a gap");
    return seen.Length > 0 ? 0 : 1;
}

static int Descend(int depth) => depth < 0 ? 0 : Descend(depth + 1) + Descend(depth + 2);
