using System.Runtime.Versioning;
using NotebookRunner.Kernels.Embedded.Packages;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels;

public sealed class RestoreCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RestoreCache _cache;
    private readonly RestoredPackages _restored;

    public RestoreCacheTests()
    {
        _cache = new(_folder["cache"]);
        _restored = new([_folder.Write("a.dll", "")], [_folder.Write("b.dll", "")], [_folder.Write("ko/b.resources.dll", "")], [_folder.Write("c.so", "")], new Dictionary<string, string> { ["A"] = "1.0" });
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_result_is_kept_for_the_same_project()
    {
        Assert.Null(_cache.Find("project"));
        _cache.Keep("project", _restored);

        RestoredPackages found = _cache.Find("project")!;
        Assert.Equivalent(_restored, found, strict: true);
        // Ids of packages have no case.
        Assert.Equal("1.0", found.Versions["a"]);
        Assert.Null(_cache.Find("another project"));
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Nobody_else_can_see_what_is_kept()
    {
        _cache.Keep("project", _restored);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["cache"]));
    }

    [Theory]
    [InlineData("a.dll")]
    [InlineData("b.dll")]
    [InlineData("ko/b.resources.dll")]
    [InlineData("c.so")]
    public void A_result_of_which_a_file_is_gone_is_none(string file)
    {
        _cache.Keep("project", _restored);
        File.Delete(_folder[file]);

        Assert.Null(_cache.Find("project"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("""{ "References": [], "Assemblies": [], "NativeLibraries": [], "Versions": {} }""")]
    [InlineData("""{ "References": [null], "Assemblies": [], "SatelliteAssemblies": [], "NativeLibraries": [], "Versions": {} }""")]
    public void What_is_no_result_is_none(string content)
    {
        _cache.Keep("project", _restored);
        File.WriteAllText(Assert.Single(Directory.GetFiles(_folder["cache"])), content);

        Assert.Null(_cache.Find("project"));
    }

    [Fact]
    public void Nothing_fails_where_nothing_can_be_kept()
    {
        RestoreCache nowhere = new(_folder.Write("file", ""));
        nowhere.Keep("project", _restored);

        Assert.Null(nowhere.Find("project"));
        Assert.Null(new RestoreCache(null).Find("project"));
    }
}
