using Multiprocessing.Tests.Cells;

namespace Multiprocessing.Tests.Pools;

/// <summary>Pools in notebook cells. loky: interactively defined functions.</summary>
public class CellTests
{
    private readonly Notebook _notebook = new();

    [Fact]
    public async Task Functions_types_and_variables_of_cells_are_mapped()
    {
        await _notebook.RunAsync(
            "record Order(int Id, decimal Price); class Taxed { public int Id; public decimal Total; }",
            "decimal rate = 0.1m; var orders = Enumerable.Range(1, 6).Select(i => new Order(i, i * 10m)).ToArray();",
            "Taxed Tax(Order o) => new Taxed { Id = o.Id, Total = o.Price * (1 + rate) };",
            "var pool = new WorkerPool(2);");
        try
        {
            Assert.Equal(231m, await _notebook.RunAsync("pool.Map(Tax, orders).Sum(t => t.Total)"));
            Assert.Equal(420m, await _notebook.RunAsync("rate = 1m; pool.Map(o => Tax(o), orders).Sum(t => t.Total)"));
            Assert.Equal(420m, await _notebook.RunAsync("pool.MapReduce(o => Tax(o).Total, (a, b) => a + b, orders)"));
            Assert.Equal("1,2,3", await _notebook.RunAsync("var ids = new List<int>(); await foreach (var t in pool.MapOrdered(Tax, orders.Take(3))) ids.Add(t.Id); string.Join(\",\", ids)"));
        }
        finally
        {
            await _notebook.RunAsync("pool.Dispose();");
        }
    }

    [Fact]
    public async Task A_pool_serves_functions_that_later_cells_define_again()
    {
        await _notebook.RunAsync("var pool = new WorkerPool(2);", "int F(int x) => x + 1;");
        Assert.Equal([2, 3], (IEnumerable<int>)(await _notebook.RunAsync("pool.Map(F, new[] { 1, 2 })"))!);
        await _notebook.RunAsync("int F(int x) => x * 100;");
        Assert.Equal([100, 200], (IEnumerable<int>)(await _notebook.RunAsync("pool.Map(F, new[] { 1, 2 })"))!);
        Assert.Equal([101, 201], (IEnumerable<int>)(await _notebook.RunAsync("int G(int x) => F(x) + 1; pool.Map(G, new[] { 1, 2 })"))!);
        Assert.Equal([3, 4], (IEnumerable<int>)(await _notebook.RunAsync("int shift = 2; pool.Map(async x => { await Task.Yield(); return x + shift; }, new[] { 1, 2 })"))!);
        await _notebook.RunAsync("pool.Dispose();");
    }

    [Fact]
    public async Task A_pool_in_a_variable_is_no_obstacle_to_functions_that_do_not_use_it()
    {
        await _notebook.RunAsync("var log = System.IO.Stream.Null; var pool = new WorkerPool(1); int step = 3;");
        Assert.Equal([3, 6], (IEnumerable<int>)(await _notebook.RunAsync("pool.Map(x => x * step, new[] { 1, 2 })"))!);
        NotShippableException refusal = await Assert.ThrowsAsync<NotShippableException>(() => _notebook.RunAsync("pool.Map(x => x * pool.Processes, new[] { 1, 2 })"));
        Assert.Contains("pool", refusal.Path, StringComparison.Ordinal);
        await _notebook.RunAsync("pool.Dispose();");
    }

    [Fact]
    public async Task An_exception_of_a_cell_s_own_type_names_input_and_line()
    {
        Notebook notebook = new(withSymbols: true);
        await notebook.RunAsync("var pool = new WorkerPool(2);");
        await notebook.RunAsync("class OddException(int n) : Exception($\"{n} is odd\") { public int Number => n; }", "\nint Half(int n)\n{\n    return n % 2 == 0 ? n / 2 : throw new OddException(n);\n}");
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => notebook.RunAsync("pool.Map(Half, new[] { 2, 4, 7, 9 })"));

        Assert.Equal(2, error.InputIndex);
        Assert.Equal("7 is odd", error.OriginalMessage);
        Assert.Equal("OddException", error.InnerException!.GetType().Name);
        Assert.Contains("cell 3:line 4", error.WorkerStackTrace, StringComparison.Ordinal);
        Assert.Single(error.OtherExceptions);
        await notebook.RunAsync("pool.Dispose();");
    }
}
