using static Multiprocessing.Timings.Charts.ChartStyle;

namespace Multiprocessing.Timings.Charts;

/// <summary>
/// Letters for the names that do not fit into their blocks: on paper no pointer shows them. A letter stands in the block, and beside the name below the axis; letters, since names often end in
/// numbers.
/// </summary>
internal sealed class BlockKey
{
    /// <summary>From the beginning of a letter to that of its name.</summary>
    public const double LetterRoom = 18;

    // What a caption needs beside its own width, the seam between two blocks included.
    private const double Padding = 7.5;
    private const double LineHeight = 24;
    private const double WidestName = 150;
    private const int MostNames = 26;

    private readonly List<string> _names = [];
    private readonly double _scale;

    /// <param name="blocks">In the order in which their names get letters.</param>
    /// <param name="scale">Units of the drawing a tick of time.</param>
    public BlockKey(IEnumerable<Block> blocks, double scale)
    {
        _scale = scale;
        foreach (Block block in blocks)
        {
            if (!Fits(block.Name, block) && Fits("m", block) && !_names.Contains(block.Name))
                _names.Add(block.Name);
            // A key that has to be searched is none: the table has the names.
            if (_names.Count > MostNames)
            {
                _names.Clear();
                break;
            }
        }

        Entries = Place();
        Height = Entries.Count == 0 ? 0 : Entries[^1].Y + LineHeight + 8;
    }

    /// <summary>The letters with their names, from the left margin and from the top of the key.</summary>
    public IReadOnlyList<(string Letter, string Name, double X, double Y)> Entries { get; }

    public double Height { get; }

    /// <summary>What stands in the block: its name, its letter, or nothing where nothing fits.</summary>
    public string? Caption(Block block)
    {
        if (Fits(block.Name, block))
            return ChartText.Clean(block.Name);
        int index = _names.IndexOf(block.Name);
        return index >= 0 && Fits("m", block) ? Letter(index) : null;
    }

    private bool Fits(string text, Block block) => ChartText.Width(ChartText.Clean(text), NoteSize) <= block.Elapsed.Ticks * _scale - Padding;

    private List<(string Letter, string Name, double X, double Y)> Place()
    {
        List<(string, string, double, double)> entries = [];
        (double x, double y) = (0, 0);
        for (int i = 0; i < _names.Count; i++)
        {
            string name = ChartText.Fit(_names[i], NoteSize, WidestName);
            double width = LetterRoom + ChartText.Width(name, NoteSize);
            if (x > 0 && x + width > Width - 2 * Margin)
                (x, y) = (0, y + LineHeight);
            entries.Add((Letter(i), name, x, y));
            x += width + 2 * Gap;
        }

        return entries;
    }

    private static string Letter(int index) => ((char)('a' + index)).ToString();
}
