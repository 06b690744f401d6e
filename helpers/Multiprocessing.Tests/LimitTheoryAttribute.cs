using System.Runtime.CompilerServices;

namespace Multiprocessing.Tests;

/// <summary>A theory about limits that the system sees to, which only Linux and Windows do.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LimitTheoryAttribute : TheoryAttribute
{
    public LimitTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            Skip = "this system has no such limits";
        }
    }
}
