using System.Text;
using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>A text encoding: by its name, and for the Unicode ones whether it writes a byte order mark and what it does with invalid text.</summary>
internal sealed class EncodingShape : Shape
{
    public override void WriteHead(GraphWriter writer, object value)
    {
        Encoding encoding = (Encoding)value;
        writer.Output.WriteInt32(encoding.CodePage);
        writer.Output.WriteBoolean(encoding.Preamble.Length > 0);
        writer.Output.WriteBoolean(encoding.DecoderFallback is DecoderExceptionFallback);
    }

    public override object ReadHead(GraphReader reader, int id)
    {
        int codePage = reader.Input.ReadInt32();
        bool mark = reader.Input.ReadBoolean();
        bool strict = reader.Input.ReadBoolean();
        return codePage switch
        {
            65001 => new UTF8Encoding(mark, strict),
            1200 => new UnicodeEncoding(bigEndian: false, mark, strict),
            1201 => new UnicodeEncoding(bigEndian: true, mark, strict),
            12000 => new UTF32Encoding(bigEndian: false, mark, strict),
            12001 => new UTF32Encoding(bigEndian: true, mark, strict),
            _ => strict
                ? Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                : Encoding.GetEncoding(codePage),
        };
    }
}
