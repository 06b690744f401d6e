using AngleSharp.Dom;
using NotebookRunner.Pictures;

namespace NotebookRunner.Handouts.Scripts;

/// <summary>
/// Scripts that outputs would load from elsewhere: where whoever makes the handout has a copy of one, the page holds it once, however many outputs ask for it; any other is named in its place, unless a picture or a table is there
/// that says the same without it.
/// </summary>
internal sealed class ScriptEmbedder
{
    private readonly IReadOnlyList<ScriptFile> _files;
    private readonly HandoutLabels _labels;
    private readonly List<ScriptFile> _used = [];
    private readonly List<string> _missing = [];

    internal ScriptEmbedder(IReadOnlyList<ScriptFile> files, HandoutLabels labels)
    {
        _files = files;
        _labels = labels;
    }

    /// <summary>The scripts that a page with these outputs has to hold.</summary>
    internal IReadOnlyList<ScriptFile> Used => _used;

    /// <summary>The addresses of those that are not at hand.</summary>
    internal IReadOnlyList<string> Missing => _missing;

    /// <summary>Takes the requests out of an output.</summary>
    internal void Embed(IElement content)
    {
        foreach (IElement script in content.QuerySelectorAll("script[src]"))
        {
            string address = script.GetAttribute("src") ?? "";
            string name = ScriptFile.NameIn(address);
            if (_files.FirstOrDefault(file => file.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } file)
            {
                if (!_used.Contains(file))
                    _used.Add(file);
                script.Remove();
            }
            else
            {
                _missing.Add(address);
                if (!PicturePlace.TryDoWithout(script))
                    script.Replace(Note(script, address));
            }
        }
    }

    private IElement Note(IElement script, string address)
    {
        IElement note = script.Owner!.CreateElement("p");
        note.ClassName = "missing";
        note.TextContent = $"[{_labels.MissingScript}: {Execution.CellPlace.Shorten(address, 200)}]";
        return note;
    }
}
