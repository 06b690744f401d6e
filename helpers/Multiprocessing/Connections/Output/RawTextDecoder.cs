using System.Text;
using System.Text.Unicode;

namespace Multiprocessing.Connections.Output;

/// <summary>
/// Reads what programs print on Windows: UTF-8, as the console of a worker asks for; or, where a line cannot be that, the code page of the system's language, in which many print all the same when their output is no console:
/// Python, what uses the text functions of C. Lines are what is decided on, since a program, and not a word, has an encoding; what comes of a line in pieces is decided on as far as it has come.
/// </summary>
/// <param name="other">The other encoding, in which no character contains the byte of a line feed.</param>
internal sealed class RawTextDecoder(Encoding other) : Decoder
{
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private readonly Decoder _other = other.GetDecoder();

    /// <summary>The start of a character of UTF-8, at most: what the next bytes say of it is not known yet.</summary>
    private byte[] _kept = [];

    /// <summary>Whether the line that has begun is in the other encoding.</summary>
    private bool _isOther;

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => count + _kept.Length + 1;

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex), flush: false);

    /// <inheritdoc/>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars, bool flush)
    {
        ReadOnlySpan<byte> rest = _kept.Length == 0 ? bytes : [.. _kept, .. bytes];
        _kept = [];
        int written = 0;
        while (rest.Length > 0)
        {
            int end = rest.IndexOf((byte)'\n') + 1;
            ReadOnlySpan<byte> line = end > 0 ? rest[..end] : rest;
            rest = rest[line.Length..];
            if (!_isOther && !IsUtf8(line, isWhole: end > 0 || flush))
            {
                _isOther = true;
            }

            if (_isOther)
            {
                written += _other.GetChars(line, chars[written..], flush: end > 0 || flush);
            }
            else
            {
                int whole = end > 0 || flush ? line.Length : line.Length - UnfinishedAtEnd(line);
                _kept = line[whole..].ToArray();
                written += _utf8.GetChars(line[..whole], chars[written..], flush: true);
            }

            _isOther &= end == 0;
        }

        return written;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> line, bool isWhole) => Utf8.IsValid(isWhole ? line : line[..^UnfinishedAtEnd(line)]);

    /// <summary>How many bytes at the end are the start of a character.</summary>
    private static int UnfinishedAtEnd(ReadOnlySpan<byte> line)
    {
        for (int length = 1; length <= Math.Min(3, line.Length); length++)
        {
            byte first = line[^length];
            if (first >= 0xC0)
            {
                int whole = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
                return length < whole ? length : 0;
            }

            if (first < 0x80)
            {
                break;
            }
        }

        return 0;
    }
}
