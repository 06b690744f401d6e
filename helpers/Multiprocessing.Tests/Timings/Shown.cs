using System.Collections;
using System.Globalization;
using System.Xml.Linq;
using Multiprocessing.Timings;

namespace Multiprocessing.Tests.Timings;

/// <summary>Shows a comparison as a kernel does: over the convention, by names alone.</summary>
internal static class Shown
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string As(string mimeType, TimingComparison comparison)
    {
        object attribute = comparison.GetType().GetCustomAttributes(inherit: true)
            .Single(candidate => candidate.GetType().Name == "TypeFormatterSourceAttribute");
        var sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        object source = Activator.CreateInstance(sourceType)!;
        var formatters = (IEnumerable)sourceType.GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        object formatter = formatters.Cast<object>()
            .Single(candidate => (string)candidate.GetType().GetProperty("MimeType")!.GetValue(candidate)! == mimeType);

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        object? done = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!.Invoke(formatter, [comparison, writer]);
        Assert.Equal(true, done);
        return writer.ToString();
    }

    public static XElement Html(TimingComparison comparison) => XElement.Parse(As("text/html", comparison), LoadOptions.PreserveWhitespace);

    public static XElement Chart(TimingComparison comparison) => Html(comparison).Element(Svg + "svg")!;

    /// <summary>The bars from top to bottom.</summary>
    public static XElement[] Bars(XElement chart) => [.. chart.Elements(Svg + "g").Select(row => row.Element(Svg + "rect")!)];

    public static double Number(this XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, NumberStyles.Float, CultureInfo.InvariantCulture);
}
