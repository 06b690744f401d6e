using System.Text;

namespace Multiprocessing.Connections.Output;

/// <summary>Turns bytes that come in pieces into text. Not thread-safe.</summary>
internal sealed class TextReceiver(Action<ReadOnlySpan<char>> deliver)
{
    /// <summary>What a piece may add of the character that the one before it has begun.</summary>
    private const int MostKept = 4;

    private Decoder? _decoder;
    private char[] _chars = [];

    /// <summary>Passes on what the bytes say, up to the last whole character.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => Decode(bytes, flush: false);

    /// <summary>Passes on what is left: half a character, if anything.</summary>
    public void End()
    {
        if (_decoder is not null)
        {
            Decode([], flush: true);
        }
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        // Made when first needed: most functions print by the console alone, which does not come this way.
        if (_chars.Length < bytes.Length + MostKept)
        {
            _chars = new char[bytes.Length + MostKept];
        }

        int decoded = (_decoder ??= MakeDecoder()).GetChars(bytes, _chars, flush);
        if (decoded > 0)
        {
            deliver(_chars.AsSpan(0, decoded));
        }
    }

    // The code page of the system's language, unless that is UTF-8.
    private static Decoder MakeDecoder() =>
        OperatingSystem.IsWindows() ? new RawTextDecoder(CodePagesEncodingProvider.Instance.GetEncoding(0) ?? Encoding.UTF8) : Encoding.UTF8.GetDecoder();
}
