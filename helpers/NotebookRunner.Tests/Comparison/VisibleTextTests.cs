using NotebookRunner.Comparison;

namespace NotebookRunner.Tests.Comparison;

public class VisibleTextTests
{
    [Theory]
    [InlineData("<p>one <b>bold</b>\n  word</p>two<br>three", "one bold word", "two", "three")]
    [InlineData("<table><tr><th>a</th><td>1</td></tr><tr><th>b</th><td>2</td></tr></table>", "a | 1", "b | 2")]
    [InlineData("<style>p { color: red }</style><script>alert(1)</script><ul><li>item</li></ul>", "item")]
    [InlineData("<svg><title>T</title><desc>D</desc><g><title>hover</title></g><text>tick</text></svg>", "T", "D")]
    [InlineData("<svg><text>a</text><text>b</text></svg>", "a", "b")]
    [InlineData("<img src='x' alt='a picture'> &lt;tag&gt;", "a picture <tag>")]
    public void Text_is_read_as_a_reader_reads_it(string html, params string[] expected) => Assert.Equal(expected, VisibleText.Lines(html));
}
