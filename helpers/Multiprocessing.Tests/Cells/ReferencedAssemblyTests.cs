using Multiprocessing.Tests.Serialization.Assemblies;

namespace Multiprocessing.Tests.Cells;

/// <summary>Code of a DLL that a cell refers to by <c>#r</c>.</summary>
public sealed class ReferencedAssemblyTests : IDisposable
{
    private readonly LibraryFolder _folder = new();
    private readonly Notebook _notebook = new();

    public ReferencedAssemblyTests()
    {
        string id = $"{Guid.NewGuid():N}";
        string inner = _folder.Compile($"Inner{id}", "namespace Inner; public class Part { public string Name = \"part\"; public static int Made = 1; } public static class Deep { public static int Twice(int x) => 2 * x; }");
        Library = _folder.Compile("Outer" + id, """
            using System; using System.Collections.Generic;
            namespace Outer;
            public class Machine { private static int s_count = 10; public Inner.Part Part = new(); public int Next() => ++s_count + Inner.Deep.Twice(1); public static int Count => s_count; private readonly int _hidden = 3; public int Hidden => _hidden; }
            public static class Functions { public static Func<int> Closure(int x) { var y = x + 1; return () => x + y + Inner.Deep.Twice(x); } public static IEnumerable<int> Count(int n) { for (int i = 0; i < n; i++) yield return i; } public static int Plain() => Inner.Deep.Twice(21); }
            """, inner);
    }

    private string Library { get; }

    [Fact]
    public async Task It_runs_and_finds_what_lies_beside_it()
    {
        await _notebook.RunAsync($"#r \"{Library}\"\nusing Outer; var machine = new Machine(); machine.Next(); var closure = Functions.Closure(5);");
        Assert.Equal((13, "part", 3), await _notebook.RunAsync("await WorkerProcess.RunAsync(() => (machine.Next(), machine.Part.Name, machine.Hidden))"));
        Assert.Equal((21, 6, 42), await _notebook.RunAsync("await WorkerProcess.RunAsync(() => (closure(), Functions.Count(4).Sum(), Functions.Plain()))"));
        Assert.Equal(42, await _notebook.RunAsync("await WorkerProcess.RunAsync(Functions.Plain)"));
        Assert.Equal(21, await _notebook.RunAsync("await WorkerProcess.RunAsync(closure)"));
    }

    [Fact]
    public async Task What_it_loads_by_name_is_found_where_the_kernel_finds_it()
    {
        string id = $"{Guid.NewGuid():N}";
        _folder.Compile($"Named{id}", "namespace Named; public static class Part { public static string Name() => \"named\"; }");
        string library = _folder.Compile($"Naming{id}", $"namespace Naming; public static class Loader {{ public static object Load() => System.Type.GetType(\"Named.Part, Named{id}\")?.GetMethod(\"Name\").Invoke(null, null); }}");
        await _notebook.RunAsync($"#r \"{library}\"\nusing Naming;");
        Assert.Equal("named", await _notebook.RunAsync("await WorkerProcess.RunAsync(Loader.Load)"));
        Assert.Equal("named named", await _notebook.RunAsync("var pool = new WorkerPool(2); string.Join(' ', pool.Map(_ => Loader.Load(), new[] { 1, 2 }))"));
        await _notebook.RunAsync("pool.Dispose();");
    }

    [Fact]
    public async Task Its_types_come_back_as_the_same_types()
    {
        await _notebook.RunAsync($"#r \"{Library}\"\nusing Outer;");
        Assert.Equal((3, true), await _notebook.RunAsync("var back = await WorkerProcess.RunAsync(() => new Machine()); (back.Hidden, back.GetType() == typeof(Machine))"));
        Assert.Equal("List`1 1", await _notebook.RunAsync("var list = await WorkerProcess.RunAsync(() => new List<Machine> { new() }); $\"{list.GetType().Name} {list.Count}\""));
    }

    public void Dispose() => _folder.Dispose();
}
