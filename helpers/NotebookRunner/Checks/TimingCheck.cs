using NotebookRunner.Comparison;
using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Checks;

/// <summary>Whether the bounds of timing cells can be read, are about numbers that there are, and allow what is stored.</summary>
internal static class TimingCheck
{
    internal static IEnumerable<string> FindProblems(CheckedNotebook notebook) =>
        from cell in notebook.RunnableCells
        from problem in TimingMetadata.FindProblem(cell, out TimingBounds bounds) is { } misstated ? [misstated] : FindProblems(cell, bounds)
        select $"{notebook.Place(cell)}: {problem}";

    /// <summary>What a chapter's notebook needs besides: the bounds that go for any cell are so wide that nothing which its text says of the numbers is watched over.</summary>
    internal static IEnumerable<string> FindProblemsInChapter(CheckedNotebook notebook) =>
        from cell in notebook.RunnableCells
        where cell.Tags.Contains(Relaxation.TimingTag) && TimingMetadata.FindProblem(cell, out _) is null && !TimingMetadata.StatesBounds(cell)
        select $"{notebook.Place(cell)}: has the tag '{Relaxation.TimingTag}', but no bounds of its own; state in its metadata what its text relies on, "
            + $"\"{TimingMetadata.Key}\": {{\"min\": 0.75, \"max\": 1.5}} (check --help has the other kinds)";

    private static IEnumerable<string> FindProblems(NotebookCell cell, TimingBounds bounds)
    {
        // What was not run, or passed over, has no numbers to check.
        if (!cell.Tags.Contains(Relaxation.TimingTag) || cell.ExecutionCount is null || OptionalPackages.WasSkipped(cell.Outputs))
            return [];
        MeasuredText[] lines = [.. OutputLines.Of(cell.Outputs, Relaxation.Of(cell)).Select(line => MeasuredText.Parse(line.Text, bounds))];
        return [.. FindIdleRules(lines, bounds), .. FindForbiddenNumbers(lines, bounds)];
    }

    // Such a rule would be thought to watch over what the text says, and does not.
    private static IEnumerable<string> FindIdleRules(MeasuredText[] lines, TimingBounds bounds)
    {
        var used = lines.SelectMany(line => line.Numbers, (line, number) => bounds.RuleFor(line.Line, number)).ToHashSet(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < bounds.Where.Count; i++)
        {
            TimingRule rule = bounds.Where[i];
            if (used.Contains(rule))
                continue;
            bool isTaken = lines.Any(line => line.Numbers.Any(number => rule.Fits(line.Line, number)));
            yield return $"'{TimingMetadata.Key}' in its metadata, 'where', entry {i + 1}: "
                + (isTaken ? "entries before it fit all of its numbers; put it before them" : $"the stored output has nowhere {rule}; correct the entry or take it out");
        }
    }

    // A chart says each number several times: as a picture, as a table, as text.
    private static IEnumerable<string> FindForbiddenNumbers(MeasuredText[] lines, TimingBounds bounds) =>
        from found in lines.SelectMany(line => line.Numbers, (line, number) => (Line: line.Line, Number: number, Allowed: bounds.For(line.Line, number)))
            .Where(found => !found.Allowed.IsWithinLimits(found.Number.Value))
            .DistinctBy(found => found.Number.Text)
        select $"the stored output has {found.Number.Text.Trim()}, which its own bounds ({found.Allowed}) do not allow: {CellPlace.Shorten(found.Line, 80)}";
}
