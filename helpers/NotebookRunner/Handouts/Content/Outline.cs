using AngleSharp.Dom;
using NotebookRunner.Handouts.Safety;
using NotebookRunner.Handouts.Styles;

namespace NotebookRunner.Handouts.Content;

/// <summary>
/// The headings of a notebook. Their levels are put in order - the title alone is on the first, and none skips one - since this is how those find
/// their way who hear the page.
/// </summary>
internal sealed class Outline
{
    private const int Deepest = 6;

    private readonly ElementIds _ids;
    private readonly Stack<int> _open = [];
    private readonly List<Heading> _headings = [];
    private bool _any;

    internal Outline(ElementIds ids)
    {
        _ids = ids;
    }

    /// <summary>The title, if the notebook begins with a heading of the first level.</summary>
    internal IElement? Title { get; private set; }

    /// <summary>The headings below the title that a contents list shows.</summary>
    internal IReadOnlyList<Heading> Headings => _headings;

    /// <summary>Puts the headings of a Markdown cell in order.</summary>
    internal void Add(IElement content)
    {
        foreach (IElement heading in content.QuerySelectorAll("h1, h2, h3, h4, h5, h6"))
        {
            string text = heading.TextContent.Trim();
            if (string.IsNullOrEmpty(heading.Id))
                heading.Id = _ids.Add(ElementIds.NameOf(text));
            int written = heading.LocalName[1] - '0';
            bool isTitle = !_any && written == 1;
            _any = true;
            if (isTitle)
            {
                Title = heading;
                heading.Remove();
                continue;
            }

            int level = Place(written);
            IElement placed = HtmlFragment.Rename(heading, $"h{level}");
            if (placed.Closest("details, blockquote, li, td, th") is null)
                _headings.Add(new Heading(level, text, placed.Id!));
        }
    }

    /// <summary>
    /// Puts the headings of an output below the section in which it stands; they are no part of the contents. They remember what they were for the
    /// style sheets of the output.
    /// </summary>
    internal void AddOutput(IElement output)
    {
        int level = Math.Min(Deepest, _open.Count + 2);
        foreach (IElement heading in output.QuerySelectorAll("h1, h2, h3, h4, h5, h6"))
            HtmlFragment.Rename(heading, $"h{level}").SetAttribute(Selectors.HeadingAttribute, heading.LocalName);
    }

    private int Place(int written)
    {
        while (_open.TryPeek(out int last) && last >= written)
            _open.Pop();
        _open.Push(written);
        return Math.Min(Deepest, _open.Count + 1);
    }
}
