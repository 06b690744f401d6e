namespace NotebookRunner.Comparison;

/// <summary>
/// Finds for each committed line a new one that says the same, whatever the order. Where measured numbers may differ, one new line
/// may do for several committed ones, so it is a matching: a pair is given up again when that lets one more line find its own.
/// </summary>
internal sealed class AnyOrderMatching
{
    private readonly MeasuredText[] _expected;
    private readonly MeasuredText[] _actual;
    private readonly TimingBounds? _bounds;
    private readonly int[] _partners;

    private AnyOrderMatching(MeasuredText[] expected, MeasuredText[] actual, TimingBounds? bounds)
    {
        _expected = expected;
        _actual = actual;
        _bounds = bounds;
        _partners = new int[actual.Length];
        Array.Fill(_partners, -1);
    }

    /// <returns>The first committed line that finds no other, and the first new one; null if each has found one.</returns>
    internal static OutputDifference? Find(IReadOnlyList<OutputLine> expected, IReadOnlyList<OutputLine> actual, TimingBounds? bounds)
    {
        var expectedGroups = Group(expected, bounds);
        var actualGroups = Group(actual, bounds);
        OutputDifference? first = null;
        foreach (var key in expectedGroups.Keys.Concat(actualGroups.Keys).Distinct())
        {
            Entry[] left = [.. expectedGroups.GetValueOrDefault(key, [])];
            Entry[] right = [.. actualGroups.GetValueOrDefault(key, [])];
            var (missing, surplus) = Match(left, right, bounds);
            first = new OutputDifference(
                first?.Expected ?? left.ElementAtOrDefault(missing)?.Line,
                first?.Actual ?? right.ElementAtOrDefault(surplus)?.Line);
            if (first is { Expected: not null, Actual: not null })
                return first;
        }

        return first is null or { Expected: null, Actual: null } ? null : first;
    }

    private static Dictionary<(string Output, bool IsBeginning, string Text), List<Entry>> Group(
        IReadOnlyList<OutputLine> lines, TimingBounds? bounds)
    {
        Dictionary<(string, bool, string), List<Entry>> groups = [];
        foreach (OutputLine line in lines)
        {
            var text = MeasuredText.Parse(line.Text, bounds);
            var key = (line.Output, line.Number == 0, text.Text);
            if (!groups.TryGetValue(key, out List<Entry>? group))
                groups.Add(key, group = []);
            group.Add(new Entry(line, text));
        }

        return groups;
    }

    /// <summary>Matches lines that differ in their numbers at most.</summary>
    /// <returns>The index of the first line on either side without a partner; the number of lines if there is none.</returns>
    private static (int Missing, int Surplus) Match(Entry[] expected, Entry[] actual, TimingBounds? bounds)
    {
        int both = Math.Min(expected.Length, actual.Length);
        // Without numbers all of them are one and the same line.
        return expected.Concat(actual).All(entry => entry.Text.Numbers.Count == 0)
            ? (both, both)
            : new AnyOrderMatching([.. expected.Select(entry => entry.Text)], [.. actual.Select(entry => entry.Text)], bounds).Match();
    }

    private (int Missing, int Surplus) Match()
    {
        int missing = _expected.Length;
        for (int i = 0; i < _expected.Length; i++)
        {
            if (!TryMatch(i, new bool[_actual.Length]) && missing == _expected.Length)
                missing = i;
        }

        int surplus = Array.IndexOf(_partners, -1);
        return (missing, surplus < 0 ? _actual.Length : surplus);
    }

    // Kuhn's algorithm: an augmenting path from one line.
    private bool TryMatch(int expected, bool[] tried)
    {
        for (int i = 0; i < _actual.Length; i++)
        {
            // In the order of the committed lines, which is the likely one.
            int actual = (expected + i) % _actual.Length;
            if (tried[actual] || !_expected[expected].Matches(_actual[actual], _bounds))
                continue;
            tried[actual] = true;
            if (_partners[actual] < 0 || TryMatch(_partners[actual], tried))
            {
                _partners[actual] = expected;
                return true;
            }
        }

        return false;
    }

    private sealed record Entry(OutputLine Line, MeasuredText Text);
}
