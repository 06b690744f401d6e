using System.Text.RegularExpressions;

namespace Multiprocessing.Tests.Documentation;

/// <summary>What the pages lead to.</summary>
public sealed partial class LinkTests
{
    /// <summary>The pages that have links to others of the repository.</summary>
    public static TheoryData<string> Pages => [.. Page.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_somewhere(string page)
    {
        string folder = Path.GetDirectoryName(Page.PathOf(page))!;
        Assert.All(Link().Matches(Page.Read(page)).Select(static link => link.Groups[1].Value).Where(static target => !target.Contains(':', StringComparison.Ordinal)), target =>
        {
            string[] parts = target.Split('#');
            string file = parts[0].Length > 0 ? Path.Combine(folder, parts[0]) : Page.PathOf(page);
            Assert.True(Path.Exists(file), target);
            if (parts.Length > 1 && file.EndsWith(".md", StringComparison.Ordinal))
            {
                Assert.Contains(parts[1], Heading().Matches(File.ReadAllText(file)).Select(static heading => Anchor(heading.Groups[1].Value.TrimEnd())));
            }
        });
    }

    /// <summary>As code hosts make it.</summary>
    private static string Anchor(string heading) => Removed().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Removed();
}
