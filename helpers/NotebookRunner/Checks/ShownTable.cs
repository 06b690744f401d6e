using System.Text.RegularExpressions;
using NotebookRunner.Comparison;
using NotebookRunner.Documents;

namespace NotebookRunner.Checks;

/// <summary>What a chart of ours - of times, a timeline, a curve, or one that another library has drawn - says as plain text: its title, and its figures as a table.</summary>
internal sealed partial class ShownTable
{
    private readonly string[] _columns;
    private readonly string[][] _rows;

    private ShownTable(string title, string[] columns, string[][] rows)
    {
        Title = title;
        _columns = columns;
        _rows = rows;
    }

    internal string Title { get; }

    /// <summary>The tables that a cell shows.</summary>
    internal static IEnumerable<ShownTable> In(NotebookCell cell) => cell.Outputs.OfType<DataOutput>()
        .Where(output => output.Data["text/html"] is not null)
        .Select(output => Read(output.Data["text/plain"]))
        .OfType<ShownTable>();

    /// <summary>
    /// A figure that a row of this table has, and a row of the same name in the other one has otherwise; null if one of the two can be the other after more rows were added.
    /// </summary>
    internal string? FindOtherFigure(ShownTable other)
    {
        string[] common = [.. _columns.Skip(1).Intersect(other._columns.Skip(1))];
        foreach (var rows in _rows.GroupBy(row => row[0]))
        {
            string[][] here = [.. rows.Select(row => Project(row, common))];
            string[][] there = [.. other._rows.Where(row => row[0] == rows.Key).Select(row => other.Project(row, common))];
            var (fewer, more) = here.Length <= there.Length ? (here, there) : (there, here);
            List<string[]> left = [.. more];
            foreach (string[] row in fewer)
            {
                int partner = left.FindIndex(candidate => row.Zip(candidate).All(pair => AreSame(pair.First, pair.Second)));
                if (partner < 0)
                    return Describe(rows.Key, here, there);
                left.RemoveAt(partner);
            }
        }

        return null;
    }

    private static string Describe(string name, string[][] here, string[][] there)
    {
        if (here is not [var row] || there is not [var counterpart])
            return $"'{name}'";
        var (first, second) = row.Zip(counterpart).First(pair => !AreSame(pair.First, pair.Second));
        return $"'{name}' has {first} here and {second} there";
    }

    private static ShownTable? Read(string? text)
    {
        if (text?.Split('\n') is not [var title, var head, .. { Length: > 0 } lines])
            return null;
        string[] columns = Cells(head);
        string[][] rows = [.. lines.Select(Cells).Where(row => row.Length == columns.Length)];
        return columns.Length > 1 && rows.Length > 0 ? new ShownTable(title, columns, rows) : null;
    }

    private static string[] Cells(string line) => Gap().Split(line.Trim());

    private string[] Project(string[] row, string[] columns) => [.. columns.Select(column => row[Array.IndexOf(_columns, column)])];

    /// <summary>Whether both can be one figure. Beside larger ones a figure is written in a larger unit, 98 ms as 0.10 s; and what can only be said of several is a dash where there is one.</summary>
    private static bool AreSame(string first, string second)
    {
        if (first == second || !first.Any(char.IsAsciiDigit) || !second.Any(char.IsAsciiDigit))
            return true;
        var (left, right) = (MeasuredText.Parse(first, TimingBounds.Default), MeasuredText.Parse(second, TimingBounds.Default));
        // Of two that are rounded alike, the next one is another.
        return left.Text == right.Text
            && left.Numbers.Zip(right.Numbers).All(pair => Math.Abs(pair.First.Value - pair.Second.Value) < (Rounding(pair.First) + Rounding(pair.Second)) * (1 - 1e-9));
    }

    private static double Rounding(MeasuredNumber number)
    {
        int decimals = Decimals().Match(number.Text).Length;
        return 0.5 * Math.Pow(10, -decimals) * (MeasuredUnits.SecondsPer(number.Unit) ?? 1);
    }

    [GeneratedRegex(" {2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();

    [GeneratedRegex(@"(?<=\.)[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Decimals();
}
