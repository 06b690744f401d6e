using System.Runtime.CompilerServices;

namespace Testing;

/// <summary>A theory about what only Windows shows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WindowsTheoryAttribute : TheoryAttribute
{
    public WindowsTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = Skips.ButOnWindows();
}
