using AngleSharp.Dom;

namespace NotebookRunner.Handouts.Content;

/// <summary>Frames the sections that tell where C# differs, so that a reader who came from another language finds them, in black and white as well.</summary>
internal static class CSharpSections
{
    /// <param name="body">The parts of a notebook.</param>
    /// <param name="beginning">How the heading of such a section begins.</param>
    internal static void Mark(IElement body, string beginning)
    {
        IElement? section = null;
        int level = 0;
        foreach (IElement part in body.Children.ToArray())
        {
            if (HeadingOf(part) is { } heading)
            {
                int found = heading.LocalName[1] - '0';
                if (section is not null && found <= level)
                    section = null;
                if (section is null && heading.TextContent.Trim().StartsWith(beginning, StringComparison.Ordinal))
                {
                    level = found;
                    section = body.Owner!.CreateElement("section");
                    section.ClassName = "in-csharp";
                    section.SetAttribute("aria-labelledby", heading.Id);
                    part.Before(section);
                }
            }

            section?.Append(part);
        }
    }

    private static IElement? HeadingOf(IElement part) =>
        part.FirstElementChild is { LocalName: "h2" or "h3" or "h4" or "h5" or "h6" } heading ? heading : null;
}
