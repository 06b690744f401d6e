using Multiprocessing.Memory;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Memory;

[Collection(nameof(Workers.SurroundingsTests))]
public class SegmentRootsTests
{
    [Theory]
    [InlineData("/dev/shm/a", "/dev/shm/a", "/tmp/a")]
    [InlineData("/tmp/a/w7", "/dev/shm/a/w7", "/tmp/a/w7")]
    [InlineData("/tmp2/a", "/tmp2/a")]
    [InlineData("/dev/shmem/a", "/dev/shmem/a")]
    public void A_folder_is_on_a_root_only_if_it_is_inside(string folder, params string[] expected) =>
        Assert.Equal(expected.Select(Native), SegmentRoots.OnEach(Native(folder), [Native("/dev/shm"), Native("/tmp")]));

    [Fact]
    public void Of_roots_in_each_other_the_innermost_counts() =>
        Assert.Equal([Native("/dev/shm/a"), Native("/dev/shm/tmp/a")], SegmentRoots.OnEach(Native("/dev/shm/tmp/a"), [Native("/dev/shm"), Native("/dev/shm/tmp")]));

    [Fact]
    public async Task A_worker_has_the_roots_of_its_parent_whatever_the_temp_folder_is_by_then()
    {
        string variable = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";
        string? before = Environment.GetEnvironmentVariable(variable);
        DirectoryInfo other = Directory.CreateTempSubdirectory();
        try
        {
            IReadOnlyList<string> own = WorkerHost.Default.Memory.Folder.Roots;
            Environment.SetEnvironmentVariable(variable, other.FullName);
            (string[] roots, string temp) = await WorkerProcess.RunAsync(() => (WorkerHost.Default.Memory.Folder.Roots.ToArray(), Path.GetTempPath()));
            Assert.Equal(Path.GetTempPath(), temp);
            Assert.Equal(own, roots);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
            other.Delete(recursive: true);
        }
    }

    private static string Native(string path) => path.Replace('/', Path.DirectorySeparatorChar);
}
