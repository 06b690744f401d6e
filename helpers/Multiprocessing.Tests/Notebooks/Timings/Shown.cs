using System.Collections;
using System.Globalization;
using System.Xml.Linq;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Tests.Notebooks.Timings;

/// <summary>Shows an object as a kernel does: over the convention, by names alone.</summary>
internal static class Shown
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string As(string mimeType, object instance)
    {
        object attribute = instance.GetType().GetCustomAttributes(inherit: true)
            .Single(candidate => candidate.GetType().Name == "TypeFormatterSourceAttribute");
        var sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        object source = Activator.CreateInstance(sourceType)!;
        var formatters = (IEnumerable)sourceType.GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        object formatter = formatters.Cast<object>()
            .Single(candidate => (string)candidate.GetType().GetProperty("MimeType")!.GetValue(candidate)! == mimeType);

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        object? done = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!.Invoke(formatter, [instance, writer]);
        Assert.Equal(true, done);
        return writer.ToString();
    }

    public static XElement Html(object instance) => XElement.Parse(As("text/html", instance), LoadOptions.PreserveWhitespace);

    public static XElement Chart(object instance) => Html(instance).DescendantsAndSelf(Svg + "svg").Single();

    /// <summary>The bars from top to bottom.</summary>
    public static XElement[] Bars(XElement chart) => [.. chart.Elements(Svg + "g").Select(row => row.Element(Svg + "rect")!)];

    public static double Number(this XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Asserts that all that a chart draws and writes lies on its paper.</summary>
    public static void StaysInside(XElement chart)
    {
        double[] box = [.. chart.Attribute("viewBox")!.Value.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        Assert.Equal([0, 0], box[..2]);
        Assert.Equal(chart.Number("width"), box[2]);
        Assert.Equal(chart.Number("height"), box[3]);
        foreach (XElement rectangle in chart.Descendants(Svg + "rect").Skip(1))
        {
            Assert.InRange(rectangle.Number("width"), 0, box[2]);
            Assert.InRange(rectangle.Number("x") + rectangle.Number("width"), 0, box[2]);
            Assert.InRange(rectangle.Number("y") + rectangle.Number("height"), 0, box[3]);
        }

        foreach (XElement line in chart.Descendants(Svg + "line"))
        {
            Assert.InRange(line.Number("x1"), 0, box[2]);
            Assert.InRange(line.Number("y2"), line.Number("y1"), box[3]);
        }

        foreach (XElement text in chart.Descendants(Svg + "text"))
        {
            double width = ChartText.Width(text.Value, text.Number("font-size"));
            double left = text.Number("x") - text.Attribute("text-anchor")?.Value switch { null => 0, "end" => width, _ => width / 2 };
            Assert.InRange(left, 0, box[2]);
            Assert.InRange(left + width, 0, box[2]);
            Assert.InRange(text.Number("y"), 0, box[3]);
        }
    }
}
