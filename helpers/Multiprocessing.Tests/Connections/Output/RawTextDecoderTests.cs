using System.Text;
using Multiprocessing.Connections.Output;

namespace Multiprocessing.Tests.Connections.Output;

public class RawTextDecoderTests
{
    private static readonly Encoding Korean = CodePagesEncodingProvider.Instance.GetEncoding(949)!;

    [Fact]
    public void Utf8_is_read_as_that() => Assert.Equal("한글 é 🙂\n끝", Decode(Encoding.UTF8.GetBytes("한글 é 🙂\n끝"), pieceLength: 100));

    [Fact]
    public void A_line_that_cannot_be_utf8_is_read_in_the_code_page_of_the_language() => Assert.Equal("한글, 오류\n", Decode(Korean.GetBytes("한글, 오류\n"), pieceLength: 100));

    [Fact]
    public void Each_line_is_decided_on_for_itself()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("가나다\n"), .. Korean.GetBytes("가나다\n"), .. Encoding.UTF8.GetBytes("라마바")];

        Assert.Equal("가나다\n가나다\n라마바", Decode(bytes, pieceLength: 100));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Pieces_of_any_length_are_put_together(int pieceLength)
    {
        Assert.Equal("abc 한글 é 🙂\n끝\n", Decode(Encoding.UTF8.GetBytes("abc 한글 é 🙂\n끝\n"), pieceLength));
        Assert.Equal("오류: 없는 파일\nok\n", Decode(Korean.GetBytes("오류: 없는 파일\nok\n"), pieceLength));
    }

    [Fact]
    public void What_is_whole_is_passed_on_before_the_line_is()
    {
        RawTextDecoder decoder = new(Korean);
        char[] chars = new char[100];

        Assert.Equal("진행 중", new string(chars, 0, decoder.GetChars([.. Encoding.UTF8.GetBytes("진행 중"), 0xED, 0x95], chars, flush: false)));
        Assert.Equal("한", new string(chars, 0, decoder.GetChars([0x9C], chars, flush: false)));
    }

    [Fact]
    public void Half_a_character_at_the_end_of_all_is_shown_as_such()
    {
        Assert.EndsWith("a\uFFFD", Decode([.. "a"u8, 0xED, 0x95], pieceLength: 100, other: Encoding.UTF8), StringComparison.Ordinal);
        Assert.NotEmpty(Decode([0xC7], pieceLength: 100));
    }

    [Fact]
    public void Bytes_of_any_kind_give_no_more_characters_than_there_is_room_for()
    {
        Random random = new(1);
        byte[] bytes = new byte[20_000];
        random.NextBytes(bytes);

        Assert.NotEmpty(Decode(bytes, pieceLength: 7));
        Assert.NotEmpty(Decode(bytes, pieceLength: 4096));
    }

    private static string Decode(byte[] bytes, int pieceLength, Encoding? other = null)
    {
        RawTextDecoder decoder = new(other ?? Korean);
        StringBuilder text = new();
        foreach (byte[] piece in bytes.Chunk(pieceLength))
        {
            Add(piece, flush: false);
        }

        Add([], flush: true);
        return text.ToString();

        void Add(byte[] piece, bool flush)
        {
            char[] chars = new char[piece.Length + 4];
            text.Append(chars, 0, decoder.GetChars(piece, chars, flush));
        }
    }
}
