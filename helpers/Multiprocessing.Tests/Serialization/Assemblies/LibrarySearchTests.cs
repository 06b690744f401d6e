using System.Reflection;

namespace Multiprocessing.Tests.Serialization.Assemblies;

/// <summary>What no code refers to, but loads by name, a worker finds as its parent does.</summary>
public sealed class LibrarySearchTests : IDisposable
{
    private const string LoadByName = "namespace Main; public static class Loader { public static object Load() => System.Type.GetType(\"Part, NAME\")?.GetMethod(\"Name\").Invoke(null, null); }";

    private readonly string _id = $"{Guid.NewGuid():N}";
    private readonly LibraryFolder _folder = new();
    private readonly LibraryFolder _elsewhere = new();
    private readonly PluginContext _context = new();

    private string Hidden => "Hidden" + _id;

    [Fact]
    public async Task An_assembly_that_only_a_load_context_knows_is_found()
    {
        _context.Files[Hidden] = _elsewhere.Compile(Hidden, "public static class Part { public static string Name() => \"hidden\"; }");

        Assert.Equal("hidden", await WorkerProcess.RunAsync(Loader()));
    }

    [Fact]
    public async Task An_assembly_that_is_in_memory_alone_is_found()
    {
        _context.Images[Hidden] = LibraryFolder.Image(Hidden, "public static class Part { public static string Name() => \"memory\"; }");

        Assert.Equal("memory", await WorkerProcess.RunAsync(Loader()));
    }

    [Fact]
    public async Task What_a_found_assembly_refers_to_is_found_in_turn()
    {
        string deeper = _elsewhere.Compile("Deeper" + _id, "public static class Deeper { public static string Name() => \"deeper\"; }");
        using LibraryFolder third = new();
        _context.Files["Deeper" + _id] = deeper;
        _context.Files[Hidden] = third.Compile(Hidden, "public static class Part { public static string Name() => Deeper.Name(); }", deeper);

        Assert.Equal("deeper", await WorkerProcess.RunAsync(Loader()));
    }

    [Fact]
    public async Task Many_threads_of_a_worker_can_ask_at_once()
    {
        string code = "public static class Part { public static string Name() => \"one of many\"; }";
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"{Hidden}_{i}")];
        Array.ForEach(names, name => _context.Files[name] = _elsewhere.Compile(name, code));
        Func<string, object> load = Main("public static class Loader { public static object Load(string name) => System.Type.GetType(\"Part, \" + name)?.GetMethod(\"Name\").Invoke(null, null); }")
            .GetType("Loader")!.GetMethod("Load")!.CreateDelegate<Func<string, object>>();

        string[] found = await WorkerProcess.RunAsync(() => names.AsParallel().WithDegreeOfParallelism(8).Select(name => (string)load(name)).ToArray());
        Assert.All(found, static text => Assert.Equal("one of many", text));
    }

    [Fact]
    public async Task A_worker_of_a_worker_finds_it_too()
    {
        _context.Files[Hidden] = _elsewhere.Compile(Hidden, "public static class Part { public static string Name() => \"hidden\"; }");
        Func<object> load = Loader();

        Assert.Equal("hidden", await WorkerProcess.RunAsync(() => WorkerProcess.RunAsync(load)));
    }

    [Fact]
    public async Task What_the_host_gave_the_program_is_found_by_name() =>
        Assert.Equal("FsCheck", await WorkerProcess.RunAsync(static () => Assembly.Load("FsCheck").GetName().Name));

    [Fact]
    public async Task What_nobody_finds_is_not_found()
    {
        Assert.Null(await WorkerProcess.RunAsync(Loader()));
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(static () => Assembly.Load("No.Such.Assembly").FullName));
        Assert.IsType<FileNotFoundException>(error.InnerException);
    }

    [Fact]
    public async Task Texts_in_the_language_of_the_reader_are_found_beside_the_assembly()
    {
        Func<string> text = Texts();
        _folder.CompileSatellite("Main" + _id, "ko", "hello", "안녕");
        _folder.CompileSatellite("Main" + _id, "fr", "hello", "bonjour");

        Assert.Equal("안녕 bonjour hello", await WorkerProcess.RunAsync(text));
    }

    [Fact]
    public async Task Texts_in_the_language_of_the_reader_are_found_where_only_a_load_context_knows_them()
    {
        foreach ((string culture, string hello) in new[] { ("ko", "안녕"), ("fr", "bonjour") })
        {
            _elsewhere.CompileSatellite("Main" + _id, culture, "hello", hello);
            _context.Files[$"{culture}/Main{_id}.resources"] = Path.Combine(_elsewhere.Path, culture, $"Main{_id}.resources.dll");
        }

        Func<string> text = Texts();
        Assert.Equal("안녕 bonjour hello", text());
        Assert.Equal("안녕 bonjour hello", await WorkerProcess.RunAsync(text));
    }

    [Fact]
    public async Task A_native_library_that_only_a_load_context_knows_is_found()
    {
        // A library that is there, under a name of its own.
        string source = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, NativeFile("System.IO.Compression.Native"));
        string copy = Path.Combine(_elsewhere.Path, "renamed.native");
        File.Copy(source, copy);
        _context.NativeLibraries["native" + _id] = copy;
        Func<int> function = PluginContext.Function<int>(
            Main($"public static class Native {{ [System.Runtime.InteropServices.DllImport(\"native{_id}\", EntryPoint = \"CompressionNative_Crc32\")] public static extern uint Sum(uint start, byte[] data, int length); public static int Call() => (int)Sum(0, new byte[] {{ 1 }}, 1); }}"), "Native", "Call");

        Assert.NotEqual(0, await WorkerProcess.RunAsync(function));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    private static string NativeFile(string name) => OperatingSystem.IsWindows() ? name + ".dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    private Assembly Main(string code) => _context.LoadFromAssemblyPath(_folder.Compile("Main" + _id, code));

    private Func<object> Loader() => PluginContext.Function<object>(Main(LoadByName.Replace("NAME", Hidden, StringComparison.Ordinal)), "Main.Loader", "Load");

    private Func<string> Texts()
    {
        string name = "Main" + _id;
        File.WriteAllBytes(_folder[name], LibraryFolder.Image(
            name,
            """
            using System.Globalization;
            public static class Texts
            {
                private static string In(string culture) => new System.Resources.ResourceManager("Texts", typeof(Texts).Assembly).GetString("hello", CultureInfo.GetCultureInfo(culture));
                public static string All() => In("ko-KR") + " " + In("fr-FR") + " " + In("de-DE");
            }
            """,
            [LibraryFolder.Resource("Texts.resources", "hello", "hello")]));
        return PluginContext.Function<string>(_context.LoadFromAssemblyPath(_folder[name]), "Texts", "All");
    }
}
