using System.Xml.Linq;

namespace Multiprocessing.Timings.Charts;

/// <summary>The look that all charts share, in the visual language of the chapter's figures (images/README.md).</summary>
internal static class ChartStyle
{
    public const double Width = 560;
    public const double Margin = 24;
    public const double Gap = 12;
    public const double HeadingHeight = 68;
    public const double NoteHeight = 26;

    public const double TitleSize = 22;
    public const double LabelSize = 18;
    public const double NoteSize = 16;

    /// <summary>A style inside an inline SVG holds for the whole page, so that its class names must be ours alone.</summary>
    public const string ClassPrefix = "timings-";

    public const string FontFamily = "'Noto Sans KR','Noto Sans CJK KR','Apple SD Gothic Neo','Malgun Gothic',sans-serif";

    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly (string Role, string Light, string Dark)[] Colors =
    [
        ("paper", "#ffffff", "#161b22"),
        ("text", "#1f2b38", "#e8edf3"),
        ("note", "#4d5b6a", "#b3c0cd"),
        ("bar", "#1c64a6", "#6db3f2"),
        ("baseline", "#7a8899", "#93a4b8"),
        ("grid", "#d5dce4", "#39434f"),
        ("thread", "#b4560a", "#f2a65a"),
        ("process", "#1c64a6", "#6db3f2"),
        ("system", "#5b45a0", "#b6a3f5"),
    ];

    /// <summary>The colour as an attribute: it is there even where a viewer drops the style element.</summary>
    public static string Light(string role) => Colors.Single(color => color.Role == role).Light;

    /// <summary>The dark colours; "screen" keeps print light.</summary>
    public static readonly string DarkRules = "@media screen and (prefers-color-scheme: dark) { "
        + string.Concat(Colors.Select(color =>
            $".{ClassPrefix}{color.Role} {{ fill: {color.Dark} }} .{ClassPrefix}{color.Role}-line {{ stroke: {color.Dark} }} "))
        + "}";
}
