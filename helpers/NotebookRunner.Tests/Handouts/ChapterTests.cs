using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts;
using NotebookRunner.Tests.Chapter;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts;

/// <summary>The handouts of the repository's own chapter.</summary>
public sealed class ChapterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_chapter_is_small_whole_and_described()
    {
        string folder = ChapterFolder.Path;
        var writer = new HandoutWriter(_folder.Path, HandoutOptions.Default);
        foreach (NotebookFile file in NotebookFiles.Find([folder]))
            writer.Add(NotebookDocument.Load(file.FullPath), file);
        IReadOnlyList<WrittenHandout> handouts = writer.Write();
        Dictionary<string, IHtmlDocument> pages = handouts.ToDictionary(handout => Path.GetFileName(handout.Path), handout => Handout.Parse(File.ReadAllText(handout.Path)));

        Assert.All(handouts, handout => Assert.InRange(new FileInfo(handout.Path).Length, 1, handout.Notebook is null ? 2_000_000 : 400_000));
        Assert.All(handouts, handout => Assert.Empty(handout.MissingImages));
        foreach (var (name, page) in pages)
        {
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.DoesNotContain(page.QuerySelectorAll("[id]").CountBy(element => element.Id!), id => id.Value > 1);
            Assert.All(page.QuerySelectorAll("a[href]"), link => AssertLeadsSomewhere(pages, folder, name, link.GetAttribute("href")!));
            Assert.All(page.QuerySelectorAll("main svg"), drawing => Assert.NotEmpty(drawing.GetAttribute("aria-label") ?? drawing.GetAttribute("aria-labelledby") ?? ""));
            // A chart has its numbers beside it.
            Assert.All(page.QuerySelectorAll(".output .html > div > svg"), chart => Assert.NotNull(chart.ParentElement!.QuerySelector("details table")));
            AssertInOrder(page);
        }
    }

    private static void AssertLeadsSomewhere(Dictionary<string, IHtmlDocument> pages, string folder, string name, string target)
    {
        if (target.StartsWith("https:", StringComparison.Ordinal))
            return;
        string[] parts = Uri.UnescapeDataString(target).Split('#', 2);
        string page = parts[0].Length > 0 ? parts[0] : name;
        // That a notebook of the chapter is not there is for `check` to tell.
        if (!pages.TryGetValue(page, out IHtmlDocument? document))
            Assert.False(File.Exists(Path.Combine(folder, Path.ChangeExtension(page, ".ipynb"))), $"{name}: {target}");
        else if (parts.Length > 1)
            Assert.True(document.GetElementById(parts[1]) is not null, $"{name}: {target}");
    }

    private static void AssertInOrder(IHtmlDocument page)
    {
        int last = 0;
        foreach (IElement heading in page.QuerySelectorAll("h1, h2, h3, h4, h5, h6"))
        {
            int level = heading.LocalName[1] - '0';
            Assert.True(level <= last + 1, $"{heading.OuterHtml} follows a heading of level {last}");
            last = level;
        }
    }
}
