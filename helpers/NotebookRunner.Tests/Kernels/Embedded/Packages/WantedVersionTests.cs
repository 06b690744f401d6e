using NotebookRunner.Kernels.Embedded.Packages;

namespace NotebookRunner.Tests.Kernels.Embedded.Packages;

/// <summary>Versions as NuGet reads and compares them.</summary>
public class WantedVersionTests
{
    [Theory]
    [InlineData("13.0.3", "13.0.3 13.0.3.0 13.0.3+build", "13.0.4 13.0.3-beta")]
    [InlineData("1.0-rc.1", "1.0.0-rc.1 1.0-RC.1", "1.0 1.0-rc.2 1.0-rc")]
    [InlineData("13.*", "13.0.0 13.0.3 13.9", "14.0 12.9 14.0-beta")]
    [InlineData("13.0.*", "13.0 13.0.3", "13.1 13.0-beta")]
    [InlineData("*", "0.1 99.0", "")]
    [InlineData("*-*", "0.1-beta 99.0", "")]
    [InlineData("13.*-*", "13.0 13.0-beta 13.9", "14.0-beta 12.0")]
    [InlineData("13.0.1-*", "13.0.1-beta 13.0.1", "13.0.2 13.0.0")]
    [InlineData("13.0.1-beta.*", "13.0.1-beta.1 13.0.1-beta 13.0.1-rc 13.0.1", "13.0.1-alpha 13.0.2")]
    [InlineData("[1.*,2)", "1.0 1.9", "2.0 0.9")]
    [InlineData("[13.0.1,14)", "13.0.1 13.0.3 13.99", "13.0.0 14.0 14.0.0.0")]
    [InlineData("[13.0.1, 14.0]", "13.0.1 14.0 14.0.0-beta", "14.0.1")]
    [InlineData("(13.0.1,)", "13.0.2 99.0", "13.0.1 13.0")]
    [InlineData("(,2.0]", "0.1 2.0", "2.0.1")]
    [InlineData("[1.2]", "1.2 1.2.0.0", "1.2.1 1.1")]
    public void What_NuGet_understands_includes_what_it_says(string text, string inside, string outside)
    {
        WantedVersion wanted = WantedVersion.TryParse(text)!;

        Assert.NotNull(wanted);
        Assert.All(inside.Split(' '), version => Assert.True(wanted.Includes(version), version));
        Assert.All(outside.Split(' ', StringSplitOptions.RemoveEmptyEntries), version => Assert.False(wanted.Includes(version), version));
        Assert.True(wanted.Includes(text.Replace(" ", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("1,1.0")]
    [InlineData("")]
    [InlineData("1.2.3.4.5")]
    [InlineData("v1.0")]
    [InlineData("1.0-")]
    [InlineData("1..0")]
    [InlineData("99999999999")]
    [InlineData("(1.0)")]
    [InlineData("[1.0)")]
    [InlineData("[,]")]
    [InlineData("[]")]
    [InlineData("[2,1]")]
    [InlineData("[1,2,3]")]
    [InlineData("[a,b]")]
    [InlineData("1.*.2")]
    public void What_NuGet_does_not_understand_is_no_version(string text) => Assert.Null(WantedVersion.TryParse(text));

    [Fact]
    public void Versions_are_ordered_as_semantic_versions_are()
    {
        string[] ordered = ["1.0-1", "1.0-2", "1.0-10", "1.0-alpha", "1.0-alpha.1", "1.0-alpha.beta", "1.0-Beta", "1.0", "1.0.0.1", "1.2", "1.10"];

        Assert.Equal(ordered, ordered.Reverse().OrderBy(text => PackageVersion.TryParse(text)!));
    }
}
