using System.Text;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>Console.Out or Console.Error: each call goes to the caller's cell at once.</summary>
/// <param name="eventType">The event that carries the text.</param>
internal sealed class CellConsole(string eventType) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => CellOutput.Write(eventType, value ?? "");

    /// <inheritdoc/>
    public override void WriteLine() => Write(NewLine);

    // In one piece, where the base class makes two.

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        if (value?.Length > OutputLimits.Piece)
        {
            // That goes out in pieces anyway, and is not to be in memory twice.
            Write(value);
            WriteLine();
        }
        else
        {
            Write(value + NewLine);
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(char value) => Write(value + NewLine);

    /// <inheritdoc/>
    public override void WriteLine(char[] buffer, int index, int count) => WriteLine(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(ReadOnlySpan<char> buffer) => WriteLine(buffer.ToString());
}
