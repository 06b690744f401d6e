using System.Reflection;
using System.Runtime.Loader;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Serialization.Assemblies;

/// <summary>A library that is rebuilt while the program runs: a worker runs what its parent runs, or nothing.</summary>
public sealed class RebuiltAssemblyTests(TestHost test) : IClassFixture<TestHost>, IDisposable
{
    private readonly LibraryFolder _folder = new();
    private readonly string _name = $"Library{Guid.NewGuid():N}";

    [Fact]
    public async Task A_file_that_was_replaced_is_not_what_a_worker_runs_and_that_is_told_once()
    {
        Func<int> function = Load(1);
        Replace(2);

        using TestCell cell = test.BeginCell();
        Assert.Equal((1, 1), (await test.RunAsync(function), await test.RunAsync(function)));
        Assert.Equal(1, function());
        Assert.Equal(1, cell.Error.Split(_name).Length - 1);
    }

    [Fact]
    public async Task A_worker_that_had_the_file_before_is_followed_by_one_that_has_the_same_code()
    {
        Func<int> function = Load(1);
        using WorkerPool pool = new(test.Host, new WorkerPoolOptions { Processes = 1, MaxTasksPerWorker = 1 });
        Assert.Equal(1, pool.Run(function));
        Replace(2);
        Assert.Equal([1, 1], pool.Map(_ => function(), [1, 2]));
        Assert.Equal(1, await test.RunAsync(function));
    }

    [Fact]
    public async Task A_file_that_was_deleted_is_sent_from_memory()
    {
        Func<int> function = Load(1);
        if (OperatingSystem.IsWindows())
        {
            TakeAway();
        }
        else
        {
            File.Delete(_folder[_name]);
        }

        Assert.Equal(1, await test.RunAsync(function));
        Assert.Equal(1, await test.RunAsync(() => WorkerProcess.RunAsync(function)));
    }

    [Fact]
    public async Task A_library_that_nothing_but_another_one_refers_to_is_the_old_one_too()
    {
        string user = "User" + _name;
        PluginContext context = new();
        context.Files[_name] = Compile(1);
        context.Files[user] = _folder.Compile(user, "public static class User { public static int Call() => Library.Number(); }", _folder[_name]);
        Func<int> function = PluginContext.Function<int>(context.LoadFromAssemblyPath(context.Files[user]), "User", "Call");
        Assert.Equal(1, function());
        Replace(2);

        Assert.Equal(1, await test.RunAsync(function));
    }

    [LinuxFact("Windows lets nobody write to a file that is loaded")]
    public async Task What_was_overwritten_in_place_is_refused()
    {
        Func<int> function = Load(1);
        Assert.Equal(1, function());
        Assert.Equal(1, await test.RunAsync(function));
        byte[] next = Image(2);
        using (FileStream file = new(_folder[_name], FileMode.Open, FileAccess.Write))
        {
            file.Write(next);
        }

        NotShippableException error = await Assert.ThrowsAsync<NotShippableException>(() => test.RunAsync(function));
        Assert.Contains("restart", error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder[_name], error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void What_was_overwritten_before_there_was_a_worker_is_refused_where_the_kernel_has_noted_it()
    {
        Assembly loaded = new AssemblyLoadContext(null).LoadFromAssemblyPath(Compile(1));
        Assert.Equal(_folder[_name], new AssemblyFiles.LoadedFile(loaded).FindPath(test.Host.Notebook));
        AppContext.SetData(AssemblyFiles.NotedModules, new Dictionary<string, Guid> { [_folder[_name]] = Guid.NewGuid() });
        try
        {
            Assert.Throws<NotShippableException>(() => new AssemblyFiles.LoadedFile(loaded).FindPath(test.Host.Notebook));
        }
        finally
        {
            AppContext.SetData(AssemblyFiles.NotedModules, null);
        }
    }

    [Fact]
    public async Task A_file_that_was_built_again_from_the_same_source_is_the_same()
    {
        Func<int> function = Load(1);
        using TestCell cell = test.BeginCell();
        Replace(1);

        Assert.Equal(1, await test.RunAsync(function));
        Assert.DoesNotContain(_name, cell.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Func<int> Load(int number) =>
        PluginContext.Function<int>(new AssemblyLoadContext(null).LoadFromAssemblyPath(Compile(number)), "Library", "Number");

    private string Compile(int number)
    {
        File.WriteAllBytes(_folder[_name], Image(number));
        return _folder[_name];
    }

    private byte[] Image(int number) => LibraryFolder.Image(_name, $"public static class Library {{ public static int Number() => {number}; }}");

    // Windows lets nobody delete a file that is in use, but rename it.
    private void TakeAway() => File.Move(_folder[_name], _folder[_name] + ".old");

    private void Replace(int number)
    {
        TakeAway();
        Compile(number);
        File.SetLastWriteTimeUtc(_folder[_name], DateTime.UtcNow.AddSeconds(1));
    }
}
