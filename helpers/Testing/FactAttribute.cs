using System.Runtime.CompilerServices;

namespace Testing;

/// <summary>
/// xunit's, with a time-out: a test that hangs fails by its name, and the others go on. xunit runs each test that has one on a thread of its own choice and does not
/// wait for it any longer, so that it holds for tests that block, too.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal class FactAttribute : Xunit.FactAttribute
{
    /// <summary>For a test that does not say how long it may take: far longer than it takes on a busy machine, milliseconds.</summary>
    public const int Limit = 60_000;

    public FactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Timeout = Limit;
}
