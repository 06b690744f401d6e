using System.Runtime.CompilerServices;

namespace Multiprocessing.Tests;

/// <summary>A theory about what the launchers of Linux and of Windows see to, and the one that goes by .NET's own process classes does not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LauncherTheoryAttribute : TheoryAttribute
{
    public LauncherTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            Skip = "the portable launcher does not see to it";
        }
    }
}
