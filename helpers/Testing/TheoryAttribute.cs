using System.Runtime.CompilerServices;

namespace Testing;

/// <summary>xunit's, with the time-out of a <see cref="FactAttribute"/> for each of its cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal class TheoryAttribute : Xunit.TheoryAttribute
{
    public TheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Timeout = FactAttribute.Limit;

    /// <summary>As that of a <see cref="FactAttribute"/>.</summary>
    public bool IsLong
    {
        get;
        set
        {
            field = value;
            Skip = Skips.WhereLong(value) ?? Skip;
        }
    }

    /// <summary>As that of a <see cref="FactAttribute"/>.</summary>
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
