using System.Text;

namespace Multiprocessing.Connections.Output;

/// <summary>Turns UTF-8 that comes in pieces into text. Not thread-safe.</summary>
internal sealed class TextReceiver(Action<ReadOnlySpan<char>> deliver)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private char[] _chars = [];

    /// <summary>Passes on what the bytes say, up to the last whole character.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => Decode(bytes, flush: false);

    /// <summary>Passes on what is left: half a character, if anything.</summary>
    public void End() => Decode([], flush: true);

    private void Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        // Made when first needed: most functions print by the console alone, which does not come this way.
        if (_chars.Length <= bytes.Length)
        {
            _chars = new char[bytes.Length + 1];
        }

        int decoded = _decoder.GetChars(bytes, _chars, flush);
        if (decoded > 0)
        {
            deliver(_chars.AsSpan(0, decoded));
        }
    }
}
