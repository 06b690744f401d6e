using System.Runtime.CompilerServices;

namespace Multiprocessing.Tests;

/// <summary>A theory for which one has to look into a process: what it has mapped, what it has open, what it was told when it was started. On Linux and on Windows the tests know how.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InspectedTheoryAttribute : TheoryAttribute
{
    public InspectedTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            Skip = "nobody has written how to look into a process of this system";
        }
    }
}
