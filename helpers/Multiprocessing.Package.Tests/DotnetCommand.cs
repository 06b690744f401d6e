using System.Diagnostics;

namespace Multiprocessing.Package.Tests;

/// <summary>Runs a program as somebody who has just opened a terminal would.</summary>
internal static class DotnetCommand
{
    /// <summary>How long the longest takes on a machine with much else to do.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs <c>dotnet</c>.</summary>
    public static Task<ProgramResult> RunAsync(string folder, string packages, params string[] arguments) => RunAsync("dotnet", folder, packages, new Dictionary<string, string>(), arguments);

    /// <summary>Runs a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="folder">Where it stands.</param>
    /// <param name="packages">The package cache.</param>
    /// <param name="environment">What it is told besides.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<ProgramResult> RunAsync(string program, string folder, string packages, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder };

        // What the SDK that runs these tests has told itself is not meant for another one.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["NUGET_PACKAGES"] = packages;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        // Nothing is left that holds a folder which is to be deleted.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return await ChildProgram.RunAsync(start, Limit);
    }
}
