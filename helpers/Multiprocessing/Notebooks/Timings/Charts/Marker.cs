using System.Xml.Linq;
using static Multiprocessing.Timings.Charts.ChartStyle;

namespace Multiprocessing.Timings.Charts;

/// <summary>How a line is told from the others: by a colour and, for those who do not see it, by a shape.</summary>
internal static class Marker
{
    private const double Radius = 6;

    private static readonly string[] Roles = ["bar", "thread", "system"];

    // Around the middle: a disc, a square, a triangle, a diamond. Three colours and four shapes make twelve.
    private static readonly string[] Shapes =
    [
        "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
        "m-5.5-5.5h11v11h-11z",
        "m0-7.5l7 12.5h-14z",
        "m0-7.5l7.5 7.5-7.5 7.5-7.5-7.5z",
    ];

    /// <summary>The room that it takes to either side.</summary>
    public const double Room = Radius + 2;

    public static string Role(int index) => Roles[index % Roles.Length];

    public static XElement Draw(int index, double x, double y) => new(Svg + "path",
        new XAttribute("class", ClassPrefix + Role(index)),
        new XAttribute("d", $"M{ChartFrame.Place(x, y)}{Shapes[index % Shapes.Length]}"),
        new XAttribute("fill", Light(Role(index))));
}
