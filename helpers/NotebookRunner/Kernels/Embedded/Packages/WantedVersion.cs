using System.Text.RegularExpressions;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>
/// What a cell may say of a package's version, as NuGet reads it: one (<c>13.0.3</c>), any that begins so (<c>13.*</c>, <c>*</c>, <c>*-*</c> with prereleases), or a range (<c>[13.0.1,14)</c>).
/// </summary>
internal sealed partial class WantedVersion
{
    private readonly Func<PackageVersion, bool> _includes;

    private WantedVersion(string text, Func<PackageVersion, bool> includes) => (Text, _includes) = (text, includes);

    /// <summary>As NuGet reads it.</summary>
    public string Text { get; }

    /// <summary>Reads what a cell says.</summary>
    /// <returns>Null if NuGet would not understand it.</returns>
    public static WantedVersion? TryParse(string text)
    {
        string compact = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
        if (PackageVersion.TryParse(compact) is { } one)
            return new(compact, version => version.CompareTo(one) == 0);
        if (Floating().Match(compact) is { Success: true } floating)
            return ParseFloating(compact, floating);
        if (FloatingLabel().Match(compact) is { Success: true } label)
            return ParseFloatingLabel(compact, label);
        return Interval().Match(compact) is { Success: true } interval ? ParseInterval(compact, interval) : null;
    }

    /// <summary>Whether a version that is there will do.</summary>
    public bool Includes(string version) => version == Text || (PackageVersion.TryParse(version) is { } there && _includes(there));

    // All numbers that begin so, from the least to where the one before the star would be one more; with prereleases if it says so.
    private static WantedVersion? ParseFloating(string text, Match match)
    {
        string start = match.Groups["start"].Value.TrimEnd('.');
        if (start.Length == 0)
            return new(text, _ => true);
        int last = start.LastIndexOf('.') + 1;
        if (!int.TryParse(start[last..], out int number))
            return null;
        return Between(text, PackageVersion.TryParse(match.Groups["pre"].Success ? start + "-0" : start), PackageVersion.TryParse($"{start[..last]}{number + 1L}-0"), includesLast: false);
    }

    // Prereleases of one version, from the one that the star stands behind, up to the version itself.
    private static WantedVersion? ParseFloatingLabel(string text, Match match)
    {
        string label = match.Groups["label"].Value.TrimEnd('.', '-');
        return Between(text, PackageVersion.TryParse($"{match.Groups["start"].Value}-{(label.Length == 0 ? "0" : label)}"), PackageVersion.TryParse(match.Groups["start"].Value), includesLast: true);
    }

    private static WantedVersion? Between(string text, PackageVersion? least, PackageVersion? most, bool includesLast) => least is null || most is null
        ? null
        : new(text, version => version.CompareTo(least) >= 0 && version.CompareTo(most) <= (includesLast ? 0 : -1));

    private static WantedVersion? ParseInterval(string text, Match match)
    {
        // The lower end may float: what counts for what is there already is where that begins.
        string from = TrailingStar().Replace(match.Groups["from"].Value, ""), to = match.Groups["to"].Value;
        bool isOne = !match.Groups["comma"].Success;
        if ((isOne && (from.Length == 0 || match.Value[0] == '(' || match.Value[^1] == ')')) || (!isOne && from.Length + to.Length == 0))
            return null;
        var (least, most) = (PackageVersion.TryParse(from), isOne ? PackageVersion.TryParse(from) : PackageVersion.TryParse(to));
        if ((from.Length > 0 && least is null) || (to.Length > 0 && most is null) || (least is not null && most is not null && least.CompareTo(most) > 0))
            return null;
        return new(
            text,
            version => (least is null || version.CompareTo(least) >= (match.Value[0] == '[' ? 0 : 1)) && (most is null || version.CompareTo(most) <= (match.Value[^1] == ']' ? 0 : -1)));
    }

    [GeneratedRegex(@"\A(?<start>(\d+\.){0,3})\*(?<pre>-[0-9A-Za-z.-]*\*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Floating();

    [GeneratedRegex(@"\A(?<start>\d+(\.\d+){0,3})-(?<label>[0-9A-Za-z.-]*)\*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex FloatingLabel();

    [GeneratedRegex(@"(\.|^)\*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TrailingStar();

    [GeneratedRegex(@"\A[\[(](?<from>[^,]*)((?<comma>,)(?<to>[^,]*))?[\])]\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Interval();
}
