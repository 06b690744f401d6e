namespace Multiprocessing.Tests;

/// <summary>A theory about what only Linux shows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "needs /proc";
        }
    }
}
