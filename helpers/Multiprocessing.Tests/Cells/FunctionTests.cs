namespace Multiprocessing.Tests.Cells;

/// <summary>Every way to write a function in a cell.</summary>
public class FunctionTests
{
    private readonly Notebook _notebook = new();

    [Fact]
    public async Task Methods_of_cells_go_by_name_whatever_they_are()
    {
        await _notebook.RunAsync("""
            int Twice(int x) => 2 * x;
            static int Thrice(int x) => 3 * x;
            int base1 = 100;
            int Add(int x) => base1 + Twice(x);
            int Answer() => Add(1);
            static int Static() => Thrice(2);
            T Same<T>(T value) => value;
            List<T> Many<T>(T value, int n) where T : notnull => Enumerable.Repeat(value, n).ToList();
            static int Count(this string text, char c) => text.Count(x => x == c);
            int Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
            """);
        Assert.Equal(102, await _notebook.RunAsync("await WorkerProcess.RunAsync(Answer)"));
        Assert.Equal(6, await _notebook.RunAsync("await WorkerProcess.RunAsync(Static)"));
        Assert.Equal(("x", 3, 2, 120), await _notebook.RunAsync(
            """await WorkerProcess.RunAsync(() => (Same("x"), Many(1.5, 3).Count, "banana".Count('n'), Factorial(5)))"""));
        Assert.Equal(5, await _notebook.RunAsync("await WorkerProcess.RunAsync(\"12345\".ToString().Trim().ToString) is { Length: var n } ? n : 0"));
    }

    [Fact]
    public async Task Methods_of_several_cells_call_each_other()
    {
        object? result = await _notebook.RunAsync(
            "Func<int, bool> isOdd = null; bool IsEven(int n) => n == 0 || isOdd(n - 1);",
            "bool IsOdd(int n) => n != 0 && IsEven(n - 1); isOdd = IsOdd;",
            "await WorkerProcess.RunAsync(() => (IsEven(10), IsOdd(7), IsEven(7)))");
        Assert.Equal((true, true, false), result);
    }

    [Fact]
    public async Task Closures_keep_the_variables_of_their_loop()
    {
        object? result = await _notebook.RunAsync(
            """
            var results = new List<int>();
            for (int i = 0; i < 3; i++)
            {
                int j = i;
                foreach (var k in new[] { 10 * i })
                    results.Add(await WorkerProcess.RunAsync(() => 100 * i + j + k));
            }
            string.Join(",", results)
            """);
        Assert.Equal("0,111,222", result);
    }

    [Fact]
    public async Task Closures_in_closures_go()
    {
        object? result = await _notebook.RunAsync(
            "int top = 1;",
            """
            Func<int, Func<int, int>> Adder(int x)
            {
                int local = x * 10;
                return y => { int inner = y; return z => top + local + inner + z; };
            }
            """,
            "var f = Adder(2); var g = f(3); top = 1000;",
            "(await WorkerProcess.RunAsync(() => g(4)), await WorkerProcess.RunAsync(() => f(5)(6)))");
        Assert.Equal((1027, 1031), result);
    }

    [Fact]
    public async Task Local_functions_go()
    {
        await _notebook.RunAsync(
            "int top = 5;",
            """
            int Outer(int x)
            {
                int local = x;
                int Capturing(int y) => local + top + y;
                static int Static(int y) => y * y;
                int Recursive(int n) => n <= 0 ? 0 : n + Recursive(n - 1);
                T Generic<T>(T value) => value;
                IEnumerable<int> Iterate() { for (int i = 0; i < local; i++) yield return i + top; }
                return WorkerProcess.RunAsync(() => Capturing(1) + Static(3) + Recursive(4) + Generic(local) + Iterate().Sum()).Result;
            }
            int Direct(int x)
            {
                int Local() => x + top;
                return WorkerProcess.RunAsync(Local).Result;
            }
            """);
        Assert.Equal(2 + 5 + 1 + 9 + 10 + 2 + 5 + 6, await _notebook.RunAsync("Outer(2)"));
        Assert.Equal(8, await _notebook.RunAsync("Direct(3)"));
    }

    [Fact]
    public async Task Generic_methods_and_their_lambdas_go()
    {
        await _notebook.RunAsync(
            """
            int offset = 7;
            string Describe<T>(T value) => WorkerProcess.RunAsync(() => { T copy = value; Func<string> text = () => $"{typeof(T).Name} {copy} {offset}"; return text(); }).Result;
            class Box<T> { public T Value; public Func<TOut> Map<TOut>(Func<T, TOut> f) => () => f(Value); public static string Name() => typeof(T).Name; }
            """);
        Assert.Equal("Int32 5 7", await _notebook.RunAsync("Describe(5)"));
        Assert.Equal("List`1 System.Collections.Generic.List`1[System.String] 7", await _notebook.RunAsync("Describe(new List<string>())"));
        Assert.Equal("12", await _notebook.RunAsync("await WorkerProcess.RunAsync(new Box<int> { Value = 5 }.Map(x => (x + offset).ToString()))"));
        Assert.Equal("String", await _notebook.RunAsync("await WorkerProcess.RunAsync(Box<string>.Name)"));
    }

    [Fact]
    public async Task Iterators_go_as_functions_variables_and_results()
    {
        await _notebook.RunAsync(
            "int step = 3;",
            "IEnumerable<int> Count(int n) { for (int i = 0; i < n; i++) yield return i * step; }",
            "var sequence = Count(4); var walk = Count(5).GetEnumerator(); walk.MoveNext(); walk.MoveNext();");
        Assert.Equal(18, await _notebook.RunAsync("await WorkerProcess.RunAsync(() => sequence.Sum())"));
        Assert.Equal((3, true, 6), await _notebook.RunAsync("await WorkerProcess.RunAsync(() => (walk.Current, walk.MoveNext(), walk.Current))"));
        Assert.Equal([0, 3], (IEnumerable<int>)(await _notebook.RunAsync("await WorkerProcess.RunAsync(() => Count(2))"))!);
    }

    [Fact]
    public async Task Asynchronous_functions_go()
    {
        await _notebook.RunAsync(
            """
            int pause = 1;
            async Task<int> Wait(int n) { await Task.Delay(pause); return n + pause; }
            async IAsyncEnumerable<int> Stream(int n) { for (int i = 0; i < n; i++) { await Task.Yield(); yield return i * pause; } }
            async ValueTask<string> Value() { await Task.Yield(); return "v" + pause; }
            """);
        Assert.Equal(6, await _notebook.RunAsync("await WorkerProcess.RunAsync(() => Wait(5))"));
        Assert.Equal(9, await _notebook.RunAsync("await WorkerProcess.RunAsync(async () => { int a = await Wait(3); return a + await Wait(4); })"));
        Assert.Equal(3, await _notebook.RunAsync("await WorkerProcess.RunAsync(async () => { int sum = 0; await foreach (var i in Stream(3)) sum += i; return sum; })"));
        Assert.Equal("v1", await _notebook.RunAsync("await WorkerProcess.RunAsync(async () => await Value())"));
        Assert.Equal(6, await _notebook.RunAsync("var stream = Stream(4); await WorkerProcess.RunAsync(async () => { int sum = 0; await foreach (var i in stream) sum += i; return sum; })"));
    }

    [Fact]
    public async Task Queries_go()
    {
        await _notebook.RunAsync(
            """var words = new[] { "pear", "fig", "banana", "apple" }; int longest = 5;""",
            "var query = from w in words where w.Length <= longest let n = w.Length orderby n descending, w select (w, n);");
        Assert.Equal("apple,pear,fig", await _notebook.RunAsync("""await WorkerProcess.RunAsync(() => string.Join(",", query.Select(p => p.w)))"""));
        Assert.Equal("3:1 4:1 5:1 6:1", await _notebook.RunAsync(
            """await WorkerProcess.RunAsync(() => string.Join(" ", words.GroupBy(w => w.Length).OrderBy(g => g.Key).Select(g => $"{g.Key}:{g.Count()}")))"""));
    }

    [Fact]
    public async Task Dynamic_calls_find_methods_and_their_variables()
    {
        await _notebook.RunAsync(
            "int factor = 10; int Scale(int x) => x * factor; string Scale(string s) => s + factor;",
            "int unused = 1; int Own(int x) => x + unused;");
        Assert.Equal(50, await _notebook.RunAsync("dynamic d = 5; await WorkerProcess.RunAsync(() => (int)Scale(d))"));
        Assert.Equal("a10", await _notebook.RunAsync("dynamic e = \"a\"; await WorkerProcess.RunAsync(() => (string)Scale(e))"));
        Assert.Equal(7, await _notebook.RunAsync("int third = 1; int Third(int x) => x + third + unused; dynamic f = 5; await WorkerProcess.RunAsync(() => (int)Third(f))"));
        Assert.Equal(8, await _notebook.RunAsync("await WorkerProcess.RunAsync(() => { dynamic x = new System.Dynamic.ExpandoObject(); x.A = 3; x.B = x.A + d; return (int)x.B; })"));
    }

    [Fact]
    public async Task Expression_trees_compile_in_the_worker()
    {
        object? result = await _notebook.RunAsync(
            "using System.Linq.Expressions; int factor = 3; int Twice(int x) => 2 * x;",
            "Expression<Func<int, int>> tree = x => Twice(x) + factor;",
            "await WorkerProcess.RunAsync(() => { Expression<Func<int, int>> local = y => y * factor; return (tree.Compile()(5), local.Compile()(4)); })");
        Assert.Equal((13, 12), result);
    }

    [Fact]
    public async Task Spans_and_unsafe_code_run()
    {
        object? result = await _notebook.RunAsync(
            "int size = 4;",
            """
            await WorkerProcess.RunAsync(() =>
            {
                Span<int> numbers = stackalloc int[size];
                for (int i = 0; i < size; i++) numbers[i] = i;
                ReadOnlySpan<char> text = "hello"; int sum = 0;
                foreach (var n in numbers[1..]) sum += n;
                unsafe { int x = 5; int* p = &x; *p += sum; return (x, text[1..3].ToString()); }
            })
            """);
        Assert.Equal((11, "el"), result);
    }

    [Fact]
    public async Task Constant_data_and_native_functions_are_found()
    {
        string import = OperatingSystem.IsWindows() ? "\"kernel32\", EntryPoint = \"GetCurrentProcessId\"" : "\"libc\"";
        await _notebook.RunAsync(
            $$"""
            [System.Runtime.InteropServices.DllImport({{import}})] static extern int getpid();
            int[] table = { 1, 2, 3, 4, 5, 6, 7, 8 };
            string Kind(string s) => s switch { "a" => "1", "b" => "2", "c" => "3", "d" => "4", "e" => "5", "f" => "6", "g" => "7", "h" => "8", _ => "-" };
            Action<string> print = Console.WriteLine;
            """);
        Assert.Equal((true, 36, 294, "8", 10), await _notebook.RunAsync(
            """
            await WorkerProcess.RunAsync(() =>
            {
                ReadOnlySpan<byte> text = "abc"u8; ReadOnlySpan<int> numbers = [1, 2, 3, 4]; int sum = 0, all = 0;
                foreach (var b in text) sum += b;
                foreach (var n in numbers) all += n;
                print("printed");
                return (getpid() == Environment.ProcessId, table.Sum(), sum, Kind("h"), all);
            })
            """));
    }

    [Fact]
    public async Task A_worker_can_have_workers()
    {
        object? result = await _notebook.RunAsync(
            "int n = 4; record Pair(int A, int B); int Twice(int x) => 2 * x;",
            "var pair = await WorkerProcess.RunAsync(async () => { int own = Environment.ProcessId; int k = n + 1; return new Pair(own, await WorkerProcess.RunAsync(() => Twice(k) + (own == Environment.ProcessId ? 100 : 0))); }); pair.B");
        Assert.Equal(10, result);
    }

    [Fact]
    public async Task Many_functions_can_be_sent_at_once()
    {
        object? result = await _notebook.RunAsync(
            "int n = 1; class C { public int X; } int F(C c) => c.X + n;",
            "(await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => WorkerProcess.RunAsync(() => F(new C { X = i })))))).Sum()");
        Assert.Equal(36, result);
    }

    [Fact]
    public async Task Newer_syntax_runs()
    {
        object? result = await _notebook.RunAsync(
            """
            class Temperature { public double Value { get => field; set => field = value < -273 ? -273 : value; } public Temperature Next; }
            int[] Numbers(params ReadOnlySpan<int> xs) => [..xs, 0];
            """,
            """
            await WorkerProcess.RunAsync(() =>
            {
                var t = new Temperature { Value = -500 };
                t?.Next = new Temperature { Value = 3 };
                List<int> list = [1, ..Numbers(2, 3)];
                var kind = list switch { [1, .., 0] => "ends", { Count: > 3 } => "long", _ => "none" };
                (int a, _) = (list[^2], 0);
                string raw = $"{{{a}}}";
                return $"{t.Value} {t.Next?.Value} {kind} {raw} {nameof(List<>)}";
            })
            """);
        Assert.Equal("-273 3 ends {3} List", result);
    }
}
