using System.Runtime.CompilerServices;

namespace Multiprocessing.Tests;

/// <summary>A fact about limits that the system sees to, which only Linux and Windows do.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LimitFactAttribute : FactAttribute
{
    public LimitFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            Skip = "this system has no such limits";
        }
    }
}
