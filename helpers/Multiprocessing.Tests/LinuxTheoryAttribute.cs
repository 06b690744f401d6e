using System.Runtime.CompilerServices;

namespace Multiprocessing.Tests;

/// <summary>A theory about what there is on Linux alone.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    /// <param name="reason">Why there is nothing of the kind to be seen on another system, in a few words.</param>
    /// <param name="sourceFilePath">Where the test is.</param>
    /// <param name="sourceLineNumber">Where it is in there.</param>
    public LinuxTheoryAttribute(string reason, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = reason;
        }
    }
}
