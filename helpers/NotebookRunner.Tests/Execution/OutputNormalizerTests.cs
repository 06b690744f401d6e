using NotebookRunner.Execution;

namespace NotebookRunner.Tests.Execution;

public class OutputNormalizerTests
{
    private readonly OutputNormalizer _normalizer = new("/work/course/", "/home/kim", sources: "var id = \"6f9619ff-8b86-4011-b42d-00c04fc964ff\";");

    [Theory]
    [InlineData("at /work/course/notebooks/a.csx:line 3", "at …/notebooks/a.csx:line 3")]
    [InlineData("/work/course", "…")]
    [InlineData("'/home/kim/.nuget' \"/home/kim\"", "'~/.nuget' \"~\"")]
    [InlineData("/work/courses /home/kimchi /mnt/work/course", "/work/courses /home/kimchi /mnt/work/course")]
    [InlineData("a\r\nb", "a\nb")]
    public void Paths_of_the_machine_are_taken_out(string text, string expected) => Assert.Equal(expected, _normalizer.Normalize(text));

    [Theory]
    [InlineData(@"at C:\Users\김 서방\course\notebooks\a.csx:line 3", "at …/notebooks/a.csx:line 3")]
    [InlineData(@"c:\users\김 서방\COURSE", "…")]
    [InlineData(@"{""path"":""C:\\Users\\김 서방\\course\\a.txt""}", @"{""path"":""…/a.txt""}")]
    [InlineData("'C:/Users/김 서방/.nuget/x' C:\\Users\\김 서방\r\n", "'~/.nuget/x' ~\n")]
    [InlineData(@"C:\Users\김 서방2 D:\course", @"C:\Users\김 서방2 D:\course")]
    public void Paths_of_Windows_are_stored_as_on_other_systems(string text, string expected) =>
        Assert.Equal(expected, new OutputNormalizer(@"C:\Users\김 서방\course\", @"C:\Users\김 서방", "").Normalize(text));

    [Fact]
    public void Random_identifiers_are_numbered_in_the_order_of_their_first_appearance()
    {
        var (a, b) = (Guid.NewGuid(), Guid.CreateVersion7());

        Assert.Equal(
            "00000000-0000-0000-0000-000000000001 00000000000000000000000000000002 00000000000000000000000000000001",
            _normalizer.Normalize($"{a} {b:N} {a:N}"));
    }

    [Theory]
    [InlineData("6F9619FF-8B86-4011-B42D-00C04FC964FF")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void What_the_notebook_itself_says_and_checksums_stay(string text) => Assert.Equal(text, _normalizer.Normalize(text));
}
