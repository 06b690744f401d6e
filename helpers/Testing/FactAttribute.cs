using System.Runtime.CompilerServices;

namespace Testing;

/// <summary>
/// xunit's, with a time-out: a test that hangs fails by its name, and the others go on. xunit runs a test that has one on another thread than that which waits for
/// it, so that it holds for tests that block, too.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal class FactAttribute : Xunit.FactAttribute
{
    /// <summary>For a test that does not say how long it may take, milliseconds. The slowest takes half of it on a machine with twenty times more to do than it can.</summary>
    public const int Limit = 120_000;

    public FactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Timeout = Limit;

    /// <summary>Whether the test takes long beside the others: it runs only where <c>LONG_TESTS</c> asks for it, as <c>.ci/run</c> does, so that the test command stays short.</summary>
    public bool IsLong
    {
        get;
        set
        {
            field = value;
            Skip = Skips.WhereLong(value) ?? Skip;
        }
    }

    /// <summary>What the test needs and Wine lacks: one of <see cref="WineGaps"/>. It is skipped there, and nowhere else.</summary>
    public string? WineGap
    {
        get;
        set
        {
            field = value;
            Skip = Skips.InWine(value) ?? Skip;
        }
    }
}
