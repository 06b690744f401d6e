using System.Xml;
using System.Xml.Linq;

namespace Multiprocessing.Timings.Charts;

/// <summary>Writes elements as notebooks store them.</summary>
internal static class Html
{
    private static XmlWriterSettings Settings => new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        Indent = true,
        IndentChars = " ",
        // The same text on every system: it is committed with the notebook.
        NewLineChars = "\n",
    };

    public static void Write(XElement element, TextWriter writer)
    {
        using var xml = XmlWriter.Create(writer, Settings);
        element.WriteTo(xml);
    }
}
