using System.Text.RegularExpressions;
using AngleSharp.Dom;
using NotebookRunner.Execution;

namespace NotebookRunner.Handouts.Content;

/// <summary>What outputs would load from elsewhere, or from files beside the notebook, apart from images and scripts: it is taken out of them, and named.</summary>
internal sealed partial class OutsideParts
{
    private readonly HandoutLabels _labels;
    private readonly List<string> _leftOut = [];

    internal OutsideParts(HandoutLabels labels)
    {
        _labels = labels;
    }

    /// <summary>What the outputs have that no page can hold.</summary>
    internal IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>Takes it out of HTML.</summary>
    internal void TakeOut(IElement content)
    {
        foreach (string address in StyledAddresses(content))
            Report($"{address} (in a style)");
        foreach (IElement link in content.QuerySelectorAll("link[rel~=stylesheet i]"))
            Report($"{link.GetAttribute("href")} (style sheet)");
        // These concern the whole page and the network, even from inside a body; scripts and styles stay.
        foreach (IElement element in content.QuerySelectorAll("base, link, meta, title").Where(element => element.ParentElement?.Closest("svg") is null))
            element.Remove();
        // A page inside the page would be a request; a link is none until somebody wants it.
        foreach (IElement frame in content.QuerySelectorAll("iframe[src], embed[src], object[data]"))
            frame.Replace(Note(frame, _labels.EmbeddedPage, frame.GetAttribute("src") ?? frame.GetAttribute("data") ?? ""));
        foreach (IElement media in content.QuerySelectorAll("video, audio"))
            TakeOutMedia(media);
        foreach (IElement element in content.QuerySelectorAll("[background], input[src]"))
        {
            Report($"{element.GetAttribute("background") ?? element.GetAttribute("src")} ({element.LocalName})");
            element.RemoveAttribute("background");
            element.RemoveAttribute("src");
        }
    }

    /// <summary>Words in the place of an output that is nothing to look at.</summary>
    internal IElement InPlaceOf(IElement output, string mimeType)
    {
        Report(mimeType);
        return Note(output, _labels.LeftOut, mimeType);
    }

    /// <summary>Tells whoever makes the page of something that is not in it.</summary>
    internal void Report(string part) => _leftOut.Add(part);

    // What plays needs a file beside the page, or a network.
    private void TakeOutMedia(IElement media)
    {
        List<string> outside = [];
        foreach (IElement part in media.QuerySelectorAll("source, track").Prepend(media).Where(part => part.GetAttribute("src") is { } address && !IsInside(address)))
        {
            if (part.LocalName != "track")
                outside.Add(part.GetAttribute("src")!);
            part.RemoveAttribute("src");
            if (part != media)
                part.Remove();
        }

        if (!IsInside(media.GetAttribute("poster")))
            media.RemoveAttribute("poster");
        if (outside.Count == 0 || media.HasAttribute("src") || media.QuerySelector("source") is not null)
            return;
        Report($"{outside[0]} ({media.LocalName})");
        media.Replace(Note(media, _labels.LeftOut, outside[0]));
    }

    private static IElement Note(IElement place, string label, string what)
    {
        IElement note = place.Owner!.CreateElement("p");
        note.ClassName = "missing";
        note.TextContent = $"[{label}: {CellPlace.Shorten(what, 200)}]";
        return note;
    }

    private static IEnumerable<string> StyledAddresses(IElement content) =>
        from css in content.QuerySelectorAll("style").Select(style => style.TextContent).Concat(content.QuerySelectorAll("[style]").Select(element => element.GetAttribute("style")!))
        from Match address in Address().Matches(css)
        select address.Groups["address"].Value;

    private static bool IsInside(string? address) => address?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) is true;

    [GeneratedRegex("""\burl\(\s*["']?(?!\#|data:|["'\s])(?<address>[^"')\s]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
