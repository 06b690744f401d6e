using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Pages;

public sealed class WholePageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_manifest_says_titles_order_and_number_of_the_chapter()
    {
        Write("b", new TestNotebook().Markdown("# 둘째\n\n## 끝"));
        Write("a", new TestNotebook().Markdown("# 첫째"));
        Write("extra", new TestNotebook().Markdown("# 덤"));
        _folder.Write("chapter.json", """{"title": "7. 장", "notebooks": [{"file": "b.ipynb", "title": "7-1. 둘째"}, {"file": "a.ipynb", "title": "7-2. 첫째"}]}""");

        IReadOnlyList<WrittenHandout> handouts = Export();
        IHtmlDocument whole = Open("chapter-7.html");
        IHtmlDocument index = Open("index.html");

        Assert.Equal(["b.html", "a.html", "extra.html", "chapter-7.html", "index.html"], handouts.Select(handout => Path.GetFileName(handout.Path)));
        Assert.Equal("7. 장", Assert.Single(whole.QuerySelectorAll("h1")).TextContent);
        Assert.Equal(["7-1. 둘째", "7-2. 첫째", "덤"], whole.QuerySelectorAll("h2").Select(heading => heading.TextContent));
        Assert.Equal(["끝"], whole.QuerySelectorAll("h3").Select(heading => heading.TextContent));
        Assert.Equal("7. 장", index.Title);
        Assert.Equal(["b.html", "a.html", "extra.html", "chapter-7.html"], index.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void The_list_and_the_whole_say_what_a_notebook_is_about_and_takes_and_needs()
    {
        Write("a", new TestNotebook().Markdown("# 첫째"));
        Write("b", new TestNotebook().Markdown("# 둘째"));
        _folder.Write("chapter.json", """
            {"title": "7. 장", "notebooks": [
                {"file": "a.ipynb", "title": "A", "about": "List<T>와 & 기호입니다.", "minutes": 30, "needs": "인터넷(NuGet)"},
                {"file": "b.ipynb", "title": "B"}]}
            """);

        Export();

        foreach (IElement[] parts in (IElement[][])[[.. Open("index.html").QuerySelectorAll(".notebooks > li")], [.. Open("chapter-7.html").QuerySelectorAll("main article")]])
        {
            Assert.Equal("List<T>와 & 기호입니다.", parts[0].QuerySelector(".about")!.TextContent);
            Assert.Equal("약 30분 · 준비물: 인터넷(NuGet)", parts[0].QuerySelector(".effort")!.TextContent);
            Assert.Empty(parts[1].QuerySelectorAll(".about, .effort"));
        }
    }

    [Fact]
    public void A_term_leads_to_the_glossary_and_from_there_to_where_it_is_defined()
    {
        Write("1-lock", new TestNotebook()
            .Markdown("# 락\n\n## 임계 영역\n\n[**임계 영역**](30-glossary.ipynb#임계-영역)(critical section)").Code("1"));
        Write("30-glossary", new TestNotebook().Markdown("# 용어집\n\n### 임계 영역\n\ncritical section. [30-6](1-lock.ipynb#임계-영역)\n\n[위](#임계-영역)"));
        Export();
        IHtmlDocument whole = Open(Path.GetFileName(_folder.Path) + ".html");

        string[] Targets(IHtmlDocument page) => [.. page.QuerySelectorAll(".prose a").Select(link => Uri.UnescapeDataString(link.GetAttribute("href")!))];

        Assert.Equal(["30-glossary.html#임계-영역"], Targets(Open("1-lock.html")));
        Assert.Equal(["1-lock.html#임계-영역", "#임계-영역"], Targets(Open("30-glossary.html")));
        Assert.Equal(["#30-glossary--임계-영역", "#1-lock--임계-영역", "#30-glossary--임계-영역"], Targets(whole));
        Assert.Equal("락", whole.GetElementById("1-lock--임계-영역")!.Closest("article")!.QuerySelector("h2")!.TextContent);
        Assert.Equal("용어집", whole.GetElementById("30-glossary--임계-영역")!.Closest("article")!.QuerySelector("h2")!.TextContent);
    }

    [Fact]
    public void Without_a_manifest_the_first_notebook_gives_the_title_and_the_folder_the_name()
    {
        Write("b", new TestNotebook().Markdown("# 둘째"));
        Write("a", new TestNotebook().Markdown("# 첫째"));
        Write("index", new TestNotebook().Markdown("# 찾아보기"));

        IReadOnlyList<WrittenHandout> handouts = Export();

        string folder = Path.GetFileName(_folder.Path);
        Assert.Equal(["a.html", "b.html", "index.html", $"{folder}.html", "index-all.html"], handouts.Select(handout => Path.GetFileName(handout.Path)));
        Assert.Equal("첫째", Open($"{folder}.html").Title);
    }

    [Fact]
    public void One_notebook_alone_is_one_page()
    {
        Write("a", new TestNotebook().Markdown("# 첫째"));

        WrittenHandout page = Assert.Single(Export(new HandoutOptions { Title = "다른 제목" }));

        IHtmlDocument document = Handout.Parse(File.ReadAllText(page.Path));
        Assert.Equal("다른 제목", document.QuerySelector("h1")!.TextContent);
        Assert.Empty(document.QuerySelectorAll(".pager, .home a"));
    }

    [Fact]
    public void A_title_can_be_given_to_the_whole()
    {
        Write("a", new TestNotebook().Markdown("# 첫째"));
        Write("b", new TestNotebook().Markdown("# 둘째"));

        Export(new HandoutOptions { Title = "가을 학기" });

        Assert.Equal("가을 학기", Open("index.html").Title);
        Assert.Equal("첫째", Open("a.html").Title);
        Assert.Equal("가을 학기", Open("a.html").QuerySelector(".home a")!.TextContent);
    }

    [Fact]
    public void Links_between_the_notebooks_lead_to_pages_and_in_the_whole_to_places()
    {
        Write("a", new TestNotebook()
            .Markdown("# 첫째\n\n## C#에서는\n\n[위](#C#에서는) [둘째](b.ipynb) [끝](./b.ipynb#끝) [점](b.ipynb#dot) [없음](b.ipynb#gone) [파일](data.csv) [덤](other.ipynb#정리) [밖](https://example.com/#x)"));
        Write("b", new TestNotebook().Markdown("# 둘째\n\n<a name=\"dot\"></a>\n\n## 끝"));
        Export();

        string[] Targets(string page) => [.. Open(page).QuerySelectorAll(".prose p a:not([id])").Select(link => link.GetAttribute("href") is { } href ? Uri.UnescapeDataString(href) : "nowhere")];

        Assert.Equal(["#c에서는", "b.html", "b.html#끝", "b.html#dot", "b.html", "nowhere", "other.html#정리", "https://example.com/#x"], Targets("a.html"));
        Assert.Equal(
            ["#a--c에서는", "#b", "#b--끝", "#b--dot", "#b", "nowhere", "other.html#정리", "https://example.com/#x"], Targets(Path.GetFileName(_folder.Path) + ".html"));
    }

    [Fact]
    public void In_the_whole_page_every_id_is_unique_and_every_reference_resolves()
    {
        const string Drawing = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" aria-labelledby="t"><title id="t">그림</title><style>.x, #g { fill: red } @media (prefers-color-scheme: dark) { .x { fill: blue } }</style>
            <linearGradient id="g"/><rect class="x" style="fill:url(#g)"/><use href="#g"/></svg>
            """;
        TestNotebook Notebook() => new TestNotebook().Markdown("# 제목\n\n## 준비\n\n각주[^1]\n\n[^1]: 글").Shows("image/svg+xml", Drawing).Shows("image/svg+xml", Drawing).Markdown("## 준비");
        Write("1", Notebook());
        Write("2", Notebook());
        Export();
        IHtmlDocument page = Open(Path.GetFileName(_folder.Path) + ".html");

        Assert.DoesNotContain(page.QuerySelectorAll("[id]").CountBy(element => element.Id!), id => id.Value > 1);
        Assert.All(page.QuerySelectorAll("a[href^='#'], use"), link => Assert.NotNull(page.GetElementById(Uri.UnescapeDataString(link.GetAttribute("href")![1..]))));
        Assert.All(page.QuerySelectorAll("[aria-labelledby]"), element => Assert.NotNull(page.GetElementById(element.GetAttribute("aria-labelledby")!)));
        foreach (IElement drawing in page.QuerySelectorAll("main svg"))
        {
            string gradient = drawing.QuerySelector("linearGradient")!.Id!;
            Assert.Equal($"fill:url(#{gradient})", drawing.QuerySelector("rect")!.GetAttribute("style"));
            string selectors = drawing.QuerySelector("style")!.TextContent.Split('{')[0];
            Assert.True(drawing.QuerySelector("linearGradient")!.Matches(selectors), selectors);
            Assert.True(drawing.QuerySelector("rect")!.Matches(selectors), selectors);
        }
    }

    [Fact]
    public void The_last_cell_of_links_gives_way_to_those_of_the_page()
    {
        Write("a", new TestNotebook().Markdown("# 첫째").Markdown("다음 노트북: [둘째](b.ipynb)"));
        Write("b", new TestNotebook().Markdown("# 둘째").Markdown("[이전: 첫째](a.ipynb) · [다음: 셋째](c.ipynb)"));
        Write("c", new TestNotebook().Markdown("# 셋째").Markdown("모두 배웠습니다. 복습은 [첫째](a.ipynb)부터 하면 좋습니다."));
        Export();

        Assert.Equal(["index.html", "b.html"], Open("a.html").QuerySelectorAll(".pager a").Select(link => link.GetAttribute("href")));
        Assert.Equal(["a.html", "index.html", "c.html"], Open("b.html").QuerySelectorAll(".pager a").Select(link => link.GetAttribute("href")));
        Assert.Empty(Open("b.html").QuerySelectorAll(".prose a"));
        Assert.Single(Open("c.html").QuerySelectorAll(".prose a"));
        Assert.Single(Open(Path.GetFileName(_folder.Path) + ".html").QuerySelectorAll(".prose a"));
    }

    private void Write(string name, TestNotebook notebook) => _folder.Write(name + ".ipynb", notebook.ToString());

    private IReadOnlyList<WrittenHandout> Export(HandoutOptions? options = null)
    {
        string pages = Directory.CreateDirectory(_folder["pages"]).FullName;
        var writer = new HandoutWriter(pages, options ?? HandoutOptions.Default);
        foreach (NotebookFile file in NotebookFiles.Find([_folder.Path]))
            writer.Add(NotebookDocument.Load(file.FullPath), file);
        return writer.Write();
    }

    private IHtmlDocument Open(string page) => Handout.Parse(_folder.Read("pages", page));
}
