using System.Text;
using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Images;

/// <summary>Images and other parts that a notebook shows and that are not to be had, or are not what they say.</summary>
public class MissingPartsTests
{
    private const string Gif = "R0lGODlhAQABAAAAACw=";

    private static readonly string Svg = Convert.ToBase64String(Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 7 7'/>"));

    [Theory]
    [InlineData("![](attachment:gone.png)", "attachment:gone.png (attached to the cell: pic.png, a b.svg, text.png, d.pdf)")]
    [InlineData("![](attachment:Pic.png)", "attachment:Pic.png (attached to the cell: pic.png, a b.svg, text.png, d.pdf)")]
    [InlineData("![](attachment:text.png)", "attachment:text.png (attached to the cell: pic.png, a b.svg, text.png, d.pdf)")]
    [InlineData("![](attachment:d.pdf)", "attachment:d.pdf (attached to the cell: pic.png, a b.svg, text.png, d.pdf)")]
    [InlineData("![](data:image/png;base64,AAAA)", "data:image/png;base64,AAAA")]
    [InlineData("![](data:text/plain,abc)", "data:text/plain,abc")]
    [InlineData("![](blob:https://x/y)", "blob:https://x/y")]
    [InlineData("![](file:///gone.png)", "file:///gone.png")]
    [InlineData("![](%5C%5Cserver%5Cshare%5Cx.png)", "%5C%5Cserver%5Cshare%5Cx.png")]
    [InlineData("![](/%5Cserver/share/x.png)", "/%5Cserver/share/x.png")]
    [InlineData("<img alt=\"x\">", "(without an address)")]
    public void An_image_that_cannot_be_had_is_reported_and_named_in_its_place(string markdown, string reported)
    {
        NotebookContent content = Handout.Content(WithAttachments("markdown", markdown));

        Assert.Equal([reported], content.MissingImages);
        Assert.StartsWith("[그림을 찾을 수 없음: ", content.Body.QuerySelector(".missing")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("![](attachment:pic.png)", "img[src^='data:image/gif']")]
    [InlineData("![](<attachment:a b.svg>)", "svg[viewBox='0 0 7 7']")]
    [InlineData("![](attachment:a%20b.svg)", "svg[viewBox='0 0 7 7']")]
    public void An_attachment_is_what_its_bytes_say(string markdown, string selector)
    {
        foreach (string kind in (string[])["markdown", "code"])
        {
            NotebookContent content = Handout.Content(WithAttachments(kind, markdown));

            Assert.Empty(content.MissingImages);
            Assert.NotNull(content.Body.QuerySelector(selector));
        }
    }

    [Theory]
    [InlineData("Qk1GAAAA", "image/bmp")]
    [InlineData("AAABAAEAAQ==", "image/x-icon")]
    [InlineData("AAAAIGZ0eXBhdmlmAAAAAA==", "image/avif")]
    public void What_browsers_show_is_shown(string content, string mimeType) =>
        Assert.StartsWith($"data:{mimeType};", Handout.Render(new TestNotebook().Shows("image/x", content).ToDocument()).QuerySelector(".output img")!.GetAttribute("src"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<video src='a.mp4' poster='b.png'></video>", "a.mp4 (video)")]
    [InlineData("<audio><source src='https://example.com/a.mp3'></audio>", "https://example.com/a.mp3 (audio)")]
    [InlineData("<video src='a.mp4'><track src='a.vtt'><source src='b.mp4'></video>", "a.mp4 (video)")]
    [InlineData("<table background='a.png'><tr><td>x</table>", "a.png (table)")]
    [InlineData("<input type='image' src='a.png'>", "a.png (input)")]
    [InlineData("<style>p { background: url( \"a.png\" ); mask: url(#m) url('data:,') }</style>", "a.png (in a style)")]
    [InlineData("<p style='background: url(https://example.com/a.png)'>x</p>", "https://example.com/a.png (in a style)")]
    [InlineData("<link rel='Stylesheet' href='https://example.com/a.css'>", "https://example.com/a.css (style sheet)")]
    public void What_an_output_would_load_is_reported_and_not_loaded(string html, string reported)
    {
        NotebookContent content = Handout.Content(new TestNotebook().Shows("text/html", html).ToDocument());

        Assert.Equal([reported], content.LeftOut);
        Assert.Empty(content.Body.QuerySelectorAll("video, audio, source, link, [src], [poster], [background]"));
    }

    [Fact]
    public void What_is_in_the_output_itself_plays()
    {
        NotebookContent content = Handout.Content(new TestNotebook().Shows("text/html", "<video src='data:video/mp4;base64,AA=='></video><audio src='gone.mp3'><track src='gone.vtt'><source src='data:audio/mp3;base64,AA=='></audio>").ToDocument());

        Assert.Empty(content.LeftOut);
        Assert.NotNull(content.Body.QuerySelector("video[src]"));
        Assert.NotNull(content.Body.QuerySelector("audio:not([src]) > source"));
    }

    [Fact]
    public void A_picture_for_other_screens_does_not_take_the_place_of_the_one_that_is_there()
    {
        NotebookContent content = Handout.Content(new TestNotebook().Shows("text/html", $"<picture><source srcset='https://example.com/a.webp'><img src='data:image/gif;base64,{Gif}'></picture>").ToDocument());

        Assert.NotNull(content.Body.QuerySelector("picture > img"));
        Assert.Null(content.Body.QuerySelector("source"));
    }

    [Theory]
    [InlineData("image/svg+xml")]
    [InlineData("text/html")]
    public void An_image_in_a_drawing_is_embedded_or_reported(string mimeType)
    {
        NotebookContent content = Handout.Content(new TestNotebook().Shows(
            mimeType, $"<svg viewBox='0 0 9 9'><image href='threads.svg'/><image xlink:href='gone.png'/><image href='https://example.com/a.png'/><image href='data:image/gif;base64,{Gif}'/></svg>").ToDocument());

        Assert.Equal(["data:image/svg+xml", null, null, "data:image/gif"], content.Body.QuerySelectorAll("image").Select(image => image.GetAttribute("href")?.Split(';')[0]));
        Assert.Equal(["gone.png", "https://example.com/a.png (in a drawing)"], content.MissingImages);
    }

    [Theory]
    [InlineData("application/pdf", "JVBERg==")]
    [InlineData("image/tiff", "SUkqAAgAAAA=")]
    public void A_lump_of_bytes_is_named_and_reported(string mimeType, string content)
    {
        NotebookContent shown = Handout.Content(new TestNotebook().Shows(mimeType, content).ToDocument());

        Assert.Equal($"[이 유인물에 넣을 수 없는 출력: {mimeType}]", shown.Body.QuerySelector(".output")!.TextContent);
        Assert.Equal([mimeType], shown.LeftOut);
    }

    [Theory]
    [InlineData("application/x-words", "some words")]
    [InlineData("application/vnd.x+json", "true")]
    [InlineData("text/x", "abcd")]
    public void What_can_be_read_is_shown_whatever_it_is(string mimeType, string content) =>
        Assert.Equal(content, Handout.Render(new TestNotebook().Shows(mimeType, content).ToDocument()).QuerySelector("samp")!.TextContent);

    [Fact]
    public void An_image_that_is_none_is_reported_where_text_takes_its_place()
    {
        var output = new DisplayOutput(new MimeBundle([KeyValuePair.Create("image/png", "AAAA"), KeyValuePair.Create("text/plain", "<Figure>")]));
        NotebookContent content = Handout.Content(new TestNotebook().Code("x", [], output.ToJson()).ToDocument());

        Assert.Equal("<Figure>", content.Body.QuerySelector("samp")!.TextContent);
        Assert.Equal(["image/png that is no such image"], content.LeftOut);
    }

    [Theory]
    [InlineData("<svg viewBox='0 0 9 9'><text>black</text></svg>", true)]
    [InlineData("<div> <svg viewBox='0 0 9 9'><style>text { fill: black }</style><text>black</text></svg> </div>", true)]
    [InlineData("<svg viewBox='0 0 9 9'><path stroke='currentColor'/></svg>", false)]
    [InlineData("<svg viewBox='0 0 9 9'></svg><p>text</p>", false)]
    public void An_output_that_is_nothing_but_a_drawing_for_white_paper_keeps_the_paper(string html, bool isOnWhite) =>
        Assert.Equal(isOnWhite, Handout.Render(new TestNotebook().Shows("text/html", html).ToDocument()).QuerySelector(".html svg")!.ClassList.Contains("on-white"));

    private static NotebookDocument WithAttachments(string kind, string markdown)
    {
        JsonObject json = JsonNode.Parse((kind == "markdown" ? new TestNotebook().Markdown(markdown) : new TestNotebook().Shows("text/markdown", markdown)).ToString())!.AsObject();
        json["cells"]![0]!["attachments"] = new JsonObject
        {
            ["pic.png"] = new JsonObject { ["image/png"] = Gif },
            ["a b.svg"] = new JsonObject { ["image/svg+xml"] = Svg },
            ["text.png"] = new JsonObject { ["text/plain"] = "words" },
            ["d.pdf"] = new JsonObject { ["application/pdf"] = "JVBERg==" },
        };
        return NotebookDocument.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()), "test.ipynb");
    }
}
