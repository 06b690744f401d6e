namespace Multiprocessing.Tests.Cells;

/// <summary>What a function of a cell returns or throws.</summary>
public class ResultTests
{
    private readonly Notebook _notebook = new();

    [Fact]
    public async Task Functions_and_sequences_over_cell_code_come_back()
    {
        await _notebook.RunAsync("int n = 3; IEnumerable<int> Count(int k) { for (int i = 0; i < k; i++) yield return i + n; }");
        Assert.Equal(30, await _notebook.RunAsync("int m = 10; var f = await WorkerProcess.RunAsync(() => { int local = n; return (Func<int>)(() => local * m); }); f()"));
        Assert.Equal(12, await _notebook.RunAsync("(await WorkerProcess.RunAsync(() => Count(3))).Sum()"));
        Assert.Equal(24, await _notebook.RunAsync("(await WorkerProcess.RunAsync(() => Enumerable.Range(0, 3).Select(i => i + n).Select(i => i * 2))).Sum()"));
        Assert.Equal((4, 5), await _notebook.RunAsync("var e = await WorkerProcess.RunAsync(() => { var x = Count(5).GetEnumerator(); x.MoveNext(); x.MoveNext(); return x; }); var c = e.Current; e.MoveNext(); (c, e.Current)"));
        Assert.Equal("Count", await _notebook.RunAsync("(await WorkerProcess.RunAsync(() => (Func<int, IEnumerable<int>>)Count)).Method.Name"));
        Assert.Equal(true, await _notebook.RunAsync("class C { } typeof(C) == await WorkerProcess.RunAsync(() => typeof(C))"));
    }

    [Fact]
    public async Task Exceptions_of_cell_types_are_rebuilt()
    {
        await _notebook.RunAsync(
            "class OddException(string m, int number, Exception inner = null) : Exception(m, inner) { public int Number => number; public Dictionary<string, int> More = new() { [\"x\"] = 1 }; }",
            "void Fail(int n) => throw new OddException(\"odd\", n, new FormatException(\"inner\"));");

        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => _notebook.RunAsync("await WorkerProcess.RunAsync(() => Fail(7));"));

        Exception original = error.InnerException!;
        Assert.Equal("OddException", original.GetType().Name);
        Assert.Equal(7, original.GetType().GetProperty("Number")!.GetValue(original));
        Assert.IsType<FormatException>(original.InnerException);
        Assert.Equal("odd", error.OriginalMessage);
        Assert.Contains("Fail", error.WorkerStackTrace, StringComparison.Ordinal);
        Assert.Equal(("OddException", 8), await _notebook.RunAsync(
            "try { await WorkerProcess.RunAsync(() => Fail(8)); return (\"\", 0); } catch (WorkerException e) when (e.InnerException is OddException odd) { return (nameof(OddException), odd.Number); }"));
    }

    [Fact]
    public async Task Exceptions_that_cannot_go_are_told()
    {
        await _notebook.RunAsync("class OpenException : Exception { public System.IO.Stream Stream = System.IO.File.OpenRead(Environment.ProcessPath); public override string Message => \"still open\"; } void Fail() => throw new OpenException();");

        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => _notebook.RunAsync("await WorkerProcess.RunAsync(() => Fail());"));

        Assert.EndsWith("OpenException", error.OriginalType, StringComparison.Ordinal);
        Assert.Equal("still open", error.OriginalMessage);
        Assert.Contains("Fail", error.WorkerStackTrace, StringComparison.Ordinal);
        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public async Task Cancellation_in_a_worker_is_an_error_like_any_other()
    {
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => _notebook.RunAsync(
            "await WorkerProcess.RunAsync(async () => { var s = new System.Threading.CancellationTokenSource(5); await Task.Delay(100_000, s.Token); });"));
        Assert.IsType<TaskCanceledException>(error.InnerException);
    }

    [Fact]
    public async Task A_result_that_cannot_go_is_told_with_the_way_to_it()
    {
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => _notebook.RunAsync(
            "await WorkerProcess.RunAsync(() => new List<object> { 1, System.IO.File.OpenRead(Environment.ProcessPath) });"));
        Assert.Contains("-> [1] (System.IO.FileStream)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stack_traces_have_the_cells_lines_where_there_are_symbols(bool withSymbols)
    {
        Notebook notebook = new(withSymbols);
        await notebook.RunAsync("int zero = 0;", "\n\nint Divide(int x)\n{\n    return x / zero;\n}");

        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => notebook.RunAsync("await WorkerProcess.RunAsync(() =>\n    Divide(1));"));

        Assert.IsType<DivideByZeroException>(error.InnerException);
        Assert.Contains("Divide", error.WorkerStackTrace, StringComparison.Ordinal);
        if (withSymbols)
        {
            Assert.Contains("cell 2:line 5", error.WorkerStackTrace, StringComparison.Ordinal);
            Assert.Contains("cell 3:line 2", error.WorkerStackTrace, StringComparison.Ordinal);
            Assert.Contains("cell 2:line 5", error.InnerException.StackTrace, StringComparison.Ordinal);
        }
    }
}
