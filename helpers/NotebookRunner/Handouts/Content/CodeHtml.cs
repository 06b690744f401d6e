using System.Globalization;
using System.Text;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Handouts.Content;

/// <summary>Writes code line by line, so that a line that is too long for the page goes on below itself, indented, and not at the margin.</summary>
internal sealed class CodeHtml
{
    private readonly StringBuilder _html = new();
    private readonly StringBuilder _line = new();
    private int _indentation;
    private bool _isIndentation = true;

    /// <summary>Code in one colour.</summary>
    internal static string Of(string code)
    {
        var html = new CodeHtml();
        html.Append(code, cssClass: null);
        return html.ToHtml();
    }

    /// <summary>Appends a piece of code, which may go over several lines.</summary>
    internal void Append(ReadOnlySpan<char> code, string? cssClass)
    {
        while (code.IndexOf('\n') is >= 0 and var end)
        {
            AppendToLine(code[..end], cssClass);
            EndLine("\n");
            code = code[(end + 1)..];
        }

        AppendToLine(code, cssClass);
    }

    internal string ToHtml()
    {
        EndLine("");
        return _html.ToString();
    }

    private void AppendToLine(ReadOnlySpan<char> code, string? cssClass)
    {
        if (code.IsEmpty)
            return;
        foreach (char c in code)
        {
            if (!_isIndentation)
                break;
            // The width of a tab is that of the style sheet.
            _indentation += c switch { ' ' => 1, '\t' => 4, _ => 0 };
            _isIndentation = c is ' ' or '\t';
        }

        if (cssClass is null)
            _line.Append(PlainText.ToHtml(code));
        else
            _line.Append("<span class=\"").Append(cssClass).Append("\">").Append(PlainText.ToHtml(code)).Append("</span>");
    }

    private void EndLine(string end)
    {
        string indentation = _indentation == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" style=\"--i:{_indentation}\"");
        _html.Append("<span class=\"l\"").Append(indentation).Append('>').Append(_line).Append(end).Append("</span>");
        _line.Clear();
        _indentation = 0;
        _isIndentation = true;
    }
}
