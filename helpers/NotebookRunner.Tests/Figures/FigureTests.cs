using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NotebookRunner.Tests.Figures;

/// <summary>What images/README.md promises and a machine can see.</summary>
public sealed partial class FigureTests
{
    public static TheoryData<string> Files => [.. ImagesFolder.FileNames];

    [Fact]
    public void The_readme_lists_every_figure_and_no_other() => Assert.Equal(
        ImagesFolder.FileNames, ListedFile().Matches(ImagesFolder.Readme).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void The_canvas_is_560_wide_and_its_sizes_agree(string file)
    {
        XElement root = new Figure(file).Root;

        Assert.Equal(XName.Get("svg", "http://www.w3.org/2000/svg"), root.Name);
        Assert.Equal("560", root.Attribute("width")?.Value);
        Assert.Equal($"0 0 560 {root.Attribute("height")?.Value}", root.Attribute("viewBox")?.Value);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_figure_is_an_image_with_a_Korean_title_and_description(string file)
    {
        var figure = new Figure(file);

        Assert.Equal("img", figure.Root.Attribute("role")?.Value);
        Assert.Equal("ko", figure.Root.Attribute("lang")?.Value);
        Assert.Equal($"{figure.Name}-title {figure.Name}-desc", figure.Root.Attribute("aria-labelledby")?.Value);
        Assert.Matches(Hangul(), Described("title"));
        Assert.Matches(Hangul(), Described("desc"));

        string Described(string name) => Assert.Single(figure.Elements(name), element => element.Attribute("id")?.Value == $"{figure.Name}-{name}").Value;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Ids_and_classes_carry_the_name_of_the_file(string file)
    {
        var figure = new Figure(file);
        string[] ids = [.. figure.Attributes("id")];

        Assert.Equal(ids.Distinct(), ids);
        Assert.All(
            [.. ids, .. figure.Classes(), .. Figure.Selectors(figure.LightStyle), .. Figure.Selectors(figure.DarkStyle)],
            name => Assert.True(name == figure.Name || name.StartsWith(figure.Name + "-", StringComparison.Ordinal), name));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_style_has_a_rule_for_each_class_and_no_other_rule(string file)
    {
        var figure = new Figure(file);

        Assert.Equal(figure.Classes().Where(name => name != figure.Name).Order(StringComparer.Ordinal), Figure.Selectors(figure.LightStyle).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Type_is_22_18_or_16_units_high(string file)
    {
        var figure = new Figure(file);
        string[] sizes = [.. FontSize().Matches(figure.LightStyle + figure.DarkStyle).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(sizes);
        Assert.All(sizes, size => Assert.Matches(@"(?<![\d.])(16|18|22)px", size));
        // What sets or scales type beside the style would not be seen here.
        Assert.Empty(figure.Attributes("font-size"));
        Assert.Empty(figure.Attributes("transform"));
        Assert.Empty(figure.Attributes("style"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_figure_refers_to_nothing_and_runs_nothing(string file)
    {
        var figure = new Figure(file);

        // None of these can load anything, or be clicked.
        Assert.Empty(figure.Root.Descendants().Select(element => element.Name.LocalName).Except(["title", "desc", "style", "g", "rect", "path", "text", "tspan"]));
        Assert.DoesNotContain(figure.Attributes(), attribute => attribute.Name.LocalName is "href" or "src" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotMatch(Reference(), figure.LightStyle + figure.DarkStyle);
        Assert.Empty(figure.Root.DescendantNodes().OfType<XProcessingInstruction>());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Dark_colours_are_for_dark_screens_alone(string file)
    {
        var figure = new Figure(file);

        Assert.DoesNotContain("@", figure.LightStyle, StringComparison.Ordinal);
        Assert.DoesNotContain("@", figure.DarkStyle, StringComparison.Ordinal);
        Assert.Empty(Figure.Colours(figure.LightStyle).Except(ListedColours(column: 3)));
        Assert.Empty(Figure.Colours(figure.DarkStyle).Except(ListedColours(column: 4)));
        Assert.DoesNotContain(figure.Attributes(), attribute => attribute.Name.LocalName is "fill" or "stroke");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Whatever_has_a_colour_has_a_dark_one(string file)
    {
        var figure = new Figure(file);

        Assert.Equal(Figure.Coloured(figure.LightStyle).Order(StringComparer.Ordinal), Figure.Coloured(figure.DarkStyle).Order(StringComparer.Ordinal));
    }

    /// <summary>The colours in a column of the readme's table.</summary>
    private static IEnumerable<string> ListedColours(int column) =>
        from line in ImagesFolder.Readme.Split('\n')
        let cells = line.Split('|')
        where cells.Length == 6
        from colour in Figure.Colours(cells[column])
        select colour;

    [GeneratedRegex(@"^\| `([^`]+\.svg)` \|", RegexOptions.Multiline)]
    private static partial Regex ListedFile();

    [GeneratedRegex("[가-힣]")]
    private static partial Regex Hangul();

    [GeneratedRegex(@"font(?:-size)?:([^;}]*)")]
    private static partial Regex FontSize();

    [GeneratedRegex(@"url\(|@import|@font-face|image\(|https?:", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
