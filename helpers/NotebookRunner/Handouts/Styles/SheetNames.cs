using System.Text.RegularExpressions;

namespace NotebookRunner.Handouts.Styles;

/// <summary>
/// The names that the style sheets of an output declare for the whole page: animations, fonts, counters, layers. The next output may declare the same.
/// </summary>
internal sealed partial class SheetNames
{
    private static readonly HashSet<string> Properties = new(StringComparer.OrdinalIgnoreCase)
    {
        "animation", "animation-name", "-webkit-animation", "-webkit-animation-name", "font", "font-family", "list-style", "list-style-type", "content",
    };

    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly string _suffix;

    /// <param name="suffix">What is added to each, so that nobody else has it.</param>
    internal SheetNames(string suffix)
    {
        _suffix = suffix;
    }

    /// <summary>Whether there is nothing to rename.</summary>
    internal bool AreNone => _declared.Count == 0;

    /// <summary>Notes what a style sheet declares.</summary>
    internal void Collect(string css)
    {
        if (!css.Contains('@', StringComparison.Ordinal))
            return;
        foreach (CssPiece piece in CssPiece.Read(css, inRule: false))
        {
            switch (piece.AtName)
            {
                case "keyframes" or "counter-style":
                    _declared.Add(Unquote(piece.Prelude));
                    break;
                case "font-face":
                    foreach (CssPiece declaration in CssPiece.Read(piece.Block ?? "", inRule: true))
                    {
                        if (FontFamily().Match(declaration.Text) is { Success: true } family)
                            _declared.Add(Unquote(declaration.Text[family.Length..].Trim()));
                    }

                    break;
                case "media" or "supports" or "layer" or "container":
                    Collect(piece.Block ?? "");
                    break;
            }
        }
    }

    /// <summary>The name by which the declaration is to be known.</summary>
    internal string Rename(string name) => _declared.Contains(Unquote(name)) ? Renamed(name) : name;

    /// <summary>The layers in a list, which is all that names them.</summary>
    internal string RenameLayers(string list) => LayerName().Replace(list, match => match.Value + _suffix);

    /// <summary>A declaration, or the value of an attribute of the same name, with what it refers to.</summary>
    internal string InDeclaration(string declaration)
    {
        int colon = declaration.IndexOf(':', StringComparison.Ordinal);
        if (AreNone || colon < 0)
            return declaration;
        string property = declaration[..colon].Trim();
        return Properties.Contains(property) || property.StartsWith("--", StringComparison.Ordinal)
            ? declaration[..(colon + 1)] + Reference().Replace(declaration[(colon + 1)..], match => Rename(match.Value))
            : declaration;
    }

    private string Renamed(string name) => name[0] is '"' or '\'' ? name[..^1] + _suffix + name[^1] : name + _suffix;

    private static string Unquote(string name) => name.Length > 1 && name[0] is '"' or '\'' ? name[1..^1] : name;

    [GeneratedRegex("""^font-family\s*:""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FontFamily();

    [GeneratedRegex(@"(?<=^|,\s*)[\p{L}_-][\p{L}\p{N}_-]*", RegexOptions.CultureInvariant)]
    private static partial Regex LayerName();

    [GeneratedRegex("""
        "[^"\n]*"|'[^'\n]*'|(?<![\p{L}\p{N}_.#-])[\p{L}_-][\p{L}\p{N}_-]*
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Reference();
}
