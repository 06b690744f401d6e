using System.Text;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A text encoding: by its number, whether it writes a byte order mark, and what it does with text that it cannot express.</summary>
internal sealed class EncodingSerializer : Serializer
{
    public override void WriteHead(GraphWriter writer, object value)
    {
        Encoding encoding = (Encoding)value;
        writer.Output.WriteInt32(encoding.CodePage);
        writer.Output.WriteBoolean(encoding.Preamble.Length > 0);
        writer.Output.WriteString(WriteFallback(encoding.EncoderFallback, encoding.EncoderFallback is EncoderExceptionFallback,
            (encoding.EncoderFallback as EncoderReplacementFallback)?.DefaultString));
        writer.Output.WriteString(WriteFallback(encoding.DecoderFallback, encoding.DecoderFallback is DecoderExceptionFallback,
            (encoding.DecoderFallback as DecoderReplacementFallback)?.DefaultString));

        string WriteFallback(object fallback, bool throws, string? replacement) =>
            throws ? "!" : replacement is not null ? "=" + replacement
            : fallback.GetType().Assembly == encoding.GetType().Assembly ? "*"
            : throw writer.Refuse(fallback.GetType(), "a fallback of one's own is not sent with an encoding. Set it inside the function.");
    }

    public override object ReadHead(GraphReader reader)
    {
        int codePage = reader.Input.ReadInt32();
        bool mark = reader.Input.ReadBoolean();
        string encoderFallback = reader.Input.ReadString()!;
        string decoderFallback = reader.Input.ReadString()!;
        bool strict = encoderFallback[0] == '!' && decoderFallback[0] == '!';
        Encoding encoding = codePage switch
        {
            65001 => new UTF8Encoding(mark, strict),
            1200 => new UnicodeEncoding(bigEndian: false, mark, strict),
            1201 => new UnicodeEncoding(bigEndian: true, mark, strict),
            12000 => new UTF32Encoding(bigEndian: false, mark, strict),
            12001 => new UTF32Encoding(bigEndian: true, mark, strict),
            _ => Find(codePage),
        };

        // Only a copy can be changed. A star: the encoding's own way, the nearest character it has.
        Encoding copy = (Encoding)encoding.Clone();
        if (encoderFallback[0] != '*')
        {
            copy.EncoderFallback = encoderFallback[0] == '!' ? EncoderFallback.ExceptionFallback : new EncoderReplacementFallback(encoderFallback[1..]);
        }

        if (decoderFallback[0] != '*')
        {
            copy.DecoderFallback = decoderFallback[0] == '!' ? DecoderFallback.ExceptionFallback : new DecoderReplacementFallback(decoderFallback[1..]);
        }

        return copy;
    }

    /// <summary>By the provider of the code page encodings first: .NET itself knows them only where a program has registered it.</summary>
    private static Encoding Find(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
}
