using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>A version of a package as NuGet compares them: up to four numbers, and what makes it a prerelease; what is behind a <c>+</c> does not count.</summary>
internal sealed partial class PackageVersion : IComparable<PackageVersion>
{
    private readonly int[] _numbers;
    private readonly string[] _labels;

    private PackageVersion(int[] numbers, string[] labels) => (_numbers, _labels) = (numbers, labels);

    /// <summary>Reads a version.</summary>
    /// <returns>Null if it is none.</returns>
    public static PackageVersion? TryParse(string text)
    {
        if (Whole().Match(text) is not { Success: true } match)
            return null;
        int[] numbers = new int[4];
        foreach (var (index, number) in match.Groups["number"].Value.Split('.').Index())
        {
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[index]))
                return null;
        }

        return new(numbers, match.Groups["label"] is { Success: true } label ? label.Value.Split('.') : []);
    }

    /// <inheritdoc/>
    public int CompareTo(PackageVersion? other)
    {
        if (other is null)
            return 1;
        int order = _numbers.AsSpan().SequenceCompareTo(other._numbers);
        if (order != 0 || _labels.Length == 0 || other._labels.Length == 0)
            return order != 0 ? order : other._labels.Length.CompareTo(0) - _labels.Length.CompareTo(0);
        return _labels.Zip(other._labels, CompareLabels).FirstOrDefault(labels => labels != 0, _labels.Length.CompareTo(other._labels.Length));
    }

    // Numbers come before words.
    private static int CompareLabels(string one, string other) =>
        (int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out int number), int.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out int otherNumber)) switch
        {
            (true, true) => number.CompareTo(otherNumber),
            (false, false) => string.Compare(one, other, StringComparison.OrdinalIgnoreCase),
            (var isNumber, _) => isNumber ? -1 : 1,
        };

    [GeneratedRegex(@"\A(?<number>\d+(\.\d+){0,3})(-(?<label>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?(\+[0-9A-Za-z.-]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
