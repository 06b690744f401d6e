using Microsoft.CodeAnalysis.Text;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Jupyter;

/// <summary>Jupyter counts a cell's characters as Python does: an emoji is one, where .NET has two.</summary>
internal static class CodePoints
{
    /// <summary>The offset, in .NET's characters, of a place in a text; the nearest there is, if it has none such.</summary>
    internal static int ToOffset(string text, int? codePoints)
    {
        if (codePoints is null)
            return text.Length;
        int offset = 0;
        for (int left = codePoints.Value; left > 0 && offset < text.Length; left--)
            offset += char.IsSurrogatePair(text, offset) ? 2 : 1;
        return offset;
    }

    /// <summary>How many code points there are before an offset.</summary>
    internal static int FromOffset(string text, int offset)
    {
        int count = 0;
        for (int at = 0; at < offset; count++)
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return count;
    }

    /// <summary>The line, as the compiler counts them, and the place in it.</summary>
    internal static PositionContent ToPosition(string text, int offset)
    {
        var position = SourceText.From(text).Lines.GetLinePosition(offset);
        return new(position.Line, position.Character);
    }
}
