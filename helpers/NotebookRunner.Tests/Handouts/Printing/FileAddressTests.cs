using NotebookRunner.Handouts.Printing;

namespace NotebookRunner.Tests.Handouts.Printing;

public class FileAddressTests
{
    [Theory]
    [InlineData("/tmp/가 나/a#b%20c?.html", "file:///tmp/%EA%B0%80%20%EB%82%98/a%23b%2520c%3F.html")]
    [InlineData(@"/tmp/a\b.html", "file:///tmp/a%5Cb.html")]
    [InlineData(@"C:\가 나\a#b%20c.html", "file:///C:/%EA%B0%80%20%EB%82%98/a%23b%2520c.html")]
    [InlineData(@"\\?\C:\a\b.html", "file:///C:/a/b.html")]
    [InlineData(@"\\server\share 1\a.html", "file://server/share%201/a.html")]
    [InlineData(@"\\?\UNC\server\share\a.html", "file://server/share/a.html")]
    public void A_browser_reads_of_it_the_path_and_nothing_else(string path, string address) => Assert.Equal(address, FileAddress.Of(path));
}
