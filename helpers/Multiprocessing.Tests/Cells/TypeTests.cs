namespace Multiprocessing.Tests.Cells;

/// <summary>Types that are declared in cells.</summary>
public class TypeTests
{
    private readonly Notebook _notebook = new();

    [Fact]
    public async Task Records_go_there_and_back()
    {
        await _notebook.RunAsync(
            "record Person(string Name, int Age) { public List<string> Tags { get; init; } = new(); } record struct Point(int X, int Y); record Student(string Name, int Age, string School) : Person(Name, Age);",
            """var kim = new Person("Kim", 30) { Tags = { "a" } };""");
        Assert.Equal(true, await _notebook.RunAsync("var older = await WorkerProcess.RunAsync(() => kim with { Age = kim.Age + 1 }); older.Age == 31 && older.Tags[0] == \"a\" && older is Person"));
        Assert.Equal(true, await _notebook.RunAsync("new Point(2, 1) == await WorkerProcess.RunAsync(() => new Point(1, 2) is (var x, var y) ? new Point(y, x) : default)"));
        Assert.Equal(true, await _notebook.RunAsync("await WorkerProcess.RunAsync<Person>(() => new Student(\"Lee\", 20, \"K\")) is Student { School: \"K\" }"));
    }

    [Fact]
    public async Task Classes_of_every_kind_go()
    {
        object? result = await _notebook.RunAsync(
            """
            interface IShape { double Area { get; } string Name => "shape"; }
            abstract class Shape : IShape { public abstract double Area { get; } public virtual string Text() => $"{((IShape)this).Name} {Area}"; }
            class Square(double side) : Shape { public override double Area => side * side; public class Corner { public int Number = 4; public static int Made = 10; } }
            enum Color : byte { Red = 1, Blue }
            struct Vector { public int X; public int Y; public static Vector operator +(Vector a, Vector b) => new() { X = a.X + b.X, Y = a.Y + b.Y }; public static implicit operator int(Vector v) => v.X + v.Y; }
            class Stack2<T> { readonly List<T> items = new(); public int this[int i] => i; public void Push(T t) => items.Add(t); public T Pop() { var t = items[^1]; items.RemoveAt(items.Count - 1); return t; } }
            delegate int Operation(int x);
            static class Tools { public static readonly Dictionary<string, int> Table = new() { ["x"] = 42 }; public static int Calls; public static int Look(string s) { Calls++; return Table[s] + Calls; } }
            """,
            "class Cube(double side) : Square(side) { public override string Text() => base.Text() + \" cube\"; } Shape shape = new Cube(2); var color = Color.Blue; Operation op = x => x + 1; var stack = new Stack2<Shape>(); stack.Push(shape); Tools.Calls = 100;",
            """
            await WorkerProcess.RunAsync(() =>
                $"{shape.Text()} {color} {op(1)} {stack.Pop().Area} {(int)(new Vector { X = 1 } + new Vector { Y = 2 })} {Tools.Look("x")} {new Square.Corner().Number + Square.Corner.Made} {stack[3]}")
            """);
        Assert.Equal("shape 4 cube Blue 2 4 3 43 14 3", result);
    }

    [Fact]
    public async Task Statics_start_fresh_and_stay_in_their_process()
    {
        await _notebook.RunAsync(
            "static int counter = 10; static readonly List<int> log = new() { 1 }; class Counter { public static int Count = 5; public static readonly Guid Id = Guid.NewGuid(); }",
            "counter = 50; Counter.Count = 50; log.Add(2); int Next() => ++counter + ++Counter.Count;");
        Assert.Equal((17, 1), await _notebook.RunAsync("await WorkerProcess.RunAsync(() => (Next(), log.Count))"));
        Assert.Equal((50, 50), await _notebook.RunAsync("(counter, Counter.Count)"));
        Assert.Equal(false, await _notebook.RunAsync("Counter.Id == await WorkerProcess.RunAsync(() => Counter.Id)"));
    }

    [Fact]
    public async Task Events_and_listeners_go()
    {
        object? result = await _notebook.RunAsync(
            "class Bell { public event EventHandler<string> Rung; public void Ring(string s) => Rung?.Invoke(this, s); } var bell = new Bell(); var heard = new List<string>(); event Action<string> Top;",
            "bell.Rung += (_, s) => heard.Add(s); Top += s => heard.Add(\"top \" + s);",
            "await WorkerProcess.RunAsync(() => { bell.Ring(\"ding\"); Top(\"dong\"); return string.Join(\",\", heard); }) + heard.Count");
        Assert.Equal("ding,top dong0", result);
    }

    [Fact]
    public async Task Collections_of_cell_types_can_be_looked_up()
    {
        object? result = await _notebook.RunAsync(
            """
            record Key(string Name, int N);
            class ByLength : IEqualityComparer<string> { public bool Equals(string a, string b) => a.Length == b.Length; public int GetHashCode(string s) => s.Length; }
            var map = Enumerable.Range(0, 50).ToDictionary(i => new Key("k" + i, i), i => i);
            var set = new HashSet<string>(new ByLength()) { "abc" };
            var sets = new HashSet<HashSet<Key>>(HashSet<Key>.CreateSetComparer()) { new() { new("a", 1) } };
            """,
            "var back = await WorkerProcess.RunAsync(() => (map[new Key(\"k7\", 7)], set.Contains(\"xyz\"), sets.Contains(new() { new(\"a\", 1) }), map, set, sets));",
            "(back.Item1, back.Item2, back.Item3, back.map[new Key(\"k9\", 9)], back.set.Contains(\"qqq\"), back.sets.Contains(new() { new(\"a\", 1) }))");
        Assert.Equal((7, true, true, 9, true, true), result);
    }

    [Fact]
    public async Task A_later_cell_can_declare_a_name_anew()
    {
        await _notebook.RunAsync(
            "int x = 1; class C { public string Text() => \"old\"; } int F() => x; Func<string> old = () => new C().Text() + x + F();",
            "int x = 2; class C { public string Text() => \"new\"; } int F() => x * 10;",
            "Func<string> now = () => new C().Text() + x + F();");
        Assert.Equal("old11 new220", await _notebook.RunAsync("await WorkerProcess.RunAsync(old) + ' ' + await WorkerProcess.RunAsync(now)"));
        Assert.Equal("old11", await _notebook.RunAsync("var both = (old, now); await WorkerProcess.RunAsync(() => both.old())"));
    }

    [Fact]
    public async Task Anonymous_types_and_tuples_come_back()
    {
        Assert.Equal("{ A = 1, B = x } (1, 2)", await _notebook.RunAsync(
            "var pair = new { A = 1, B = \"x\" };",
            "$\"{await WorkerProcess.RunAsync(() => pair)} {await WorkerProcess.RunAsync(() => (a: pair.A, b: 2))}\""));
    }
}
