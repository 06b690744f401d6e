namespace NotebookRunner.Comparison;

/// <summary>Bounds for some of the numbers of a timing cell: those from which its text concludes something.</summary>
/// <param name="Line">What the line contains that the number stands in; null for any line.</param>
/// <param name="Unit">The number's unit, empty for a number without one; null for any. The unit of a time stands for each of them, since a program may choose it by the size of the number.</param>
/// <param name="Bounds">Its bounds.</param>
internal sealed record TimingRule(string? Line, string? Unit, NumberBounds Bounds)
{
    /// <summary>Whether the rule is about a number in a line.</summary>
    internal bool Fits(string line, MeasuredNumber number) =>
        (Line is null || line.Contains(Line, StringComparison.Ordinal))
        && (Unit is null || Unit == number.Unit || (MeasuredUnits.SecondsPer(Unit) is not null && MeasuredUnits.SecondsPer(number.Unit) is not null));

    /// <summary>Which numbers the rule is about.</summary>
    public override string ToString()
    {
        string unit = Unit switch
        {
            null => "a measured number",
            "" => "a measured number without a unit",
            _ => $"a number in '{Unit}'",
        };
        return Line is null ? unit : $"{unit} in a line with '{Line}'";
    }
}
