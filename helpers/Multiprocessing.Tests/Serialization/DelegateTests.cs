namespace Multiprocessing.Tests.Serialization;

public class DelegateTests
{
    [Fact]
    public void Static_instance_and_closed_functions_go()
    {
        string text = "abc";
        Assert.Equal(4.0, RoundTrip.Of<Func<double, double>>(Math.Sqrt)(16));
        Assert.Equal("b", RoundTrip.Of<Func<int, int, string>>(text.Substring)(1, 1));
        Assert.Equal(2, RoundTrip.Of<Func<int>>(new List<int> { 1, 2 }.CountOf)());
        Assert.Equal("abc", RoundTrip.Of<Func<string>>(text.ToString)());
    }

    [Fact]
    public void A_function_bound_to_nothing_goes()
    {
        string? none = null;
        Assert.True(RoundTrip.Of<Func<bool>>(none.IsMissing)());
    }

    [Fact]
    public void A_method_bound_to_no_object_goes() =>
        Assert.Equal(5, RoundTrip.Of((Func<int>)Delegate.CreateDelegate(typeof(Func<int>), null, typeof(Meter.Constants).GetMethod("Five")!))());

    [Fact]
    public void A_method_that_an_object_has_from_its_base_class_goes()
    {
        object box = new Ring();

        Assert.Equal(box.ToString(), RoundTrip.Of<Func<string?>>(box.ToString)());
        Assert.Equal("[]", RoundTrip.Of<Func<string>>(new Wrapped().Text)());
    }

    [Fact]
    public void A_method_of_the_base_class_is_not_taken_for_its_override()
    {
        Puppy puppy = new();

        Assert.Equal(typeof(Puppy).FullName, RoundTrip.Of(puppy.TextOfBase)());
        Assert.Equal("String", RoundTrip.Of(puppy.GenericOfBase<string>())());
        Assert.Equal("yap", RoundTrip.Of<Func<string>>(puppy.ToString)());
        Assert.Equal(puppy.TextOfBase.Method, RoundTrip.Of(puppy.TextOfBase).Method);
    }

    [Fact]
    public void Open_instance_functions_go()
    {
        Func<string, string> trim = typeof(string).GetMethod("Trim", [])!.CreateDelegate<Func<string, string>>();
        Func<object, string> text = typeof(object).GetMethod("ToString")!.CreateDelegate<Func<object, string>>();

        Assert.Equal("x", RoundTrip.Of(trim)(" x "));
        Assert.Equal("5", RoundTrip.Of(text)(5));
    }

    [Fact]
    public void Several_functions_in_one_go_in_order()
    {
        List<string> log = [];
        Counter counter = new();
        Action action = () => log.Add("lambda");
        action += counter.Increment;
        action += Nothing;
        action += () => log.Add("again");

        (Action copy, List<string> copiedLog, Counter copiedCounter) = RoundTrip.Of((action, log, counter));
        copy();

        Assert.Equal(4, copy.GetInvocationList().Length);
        Assert.Equal(["lambda", "again"], copiedLog);
        Assert.Equal(1, copiedCounter.Count);
        Assert.Empty(log);
    }

    [Fact]
    public void A_function_can_be_taken_away_from_a_copied_list_of_functions()
    {
        Counter counter = new();
        Action action = counter.Increment;
        action += Nothing;

        (Action? copy, Counter copiedCounter) = RoundTrip.Of((action, counter));
        copy -= copiedCounter.Increment;

        Assert.Single(copy!.GetInvocationList());
    }

    [Fact]
    public void Generic_virtual_and_interface_functions_go()
    {
        Animal dog = new Dog();
        ITalk talk = (ITalk)dog;

        Assert.Equal("System.Int32 5", RoundTrip.Of<Func<int, string>>(Describe)(5));
        Assert.Equal("List`1 x", RoundTrip.Of<Func<string, string>>(Box<List<int>>.Describe)("x"));
        Assert.Equal("woof", RoundTrip.Of<Func<string>>(dog.Speak)());
        Assert.Equal("hello", RoundTrip.Of<Func<string>>(talk.Hello)());
        Assert.Equal("default", RoundTrip.Of<Func<string>>(talk.Default)());
        Assert.Equal("Int32", RoundTrip.Of<Func<string>>(dog.Generic<int>)());
    }

    [Fact]
    public void A_function_of_a_struct_goes_with_a_copy_of_it()
    {
        Meter meter = new() { Value = 5, Name = "m" };
        Func<string> read = meter.Read;
        meter.Value = 6;

        Assert.Equal("m 5", RoundTrip.Of(read)());
    }

    [Fact]
    public void A_function_of_a_struct_that_holds_the_function_goes()
    {
        Ring ring = new() { Number = 3 };
        object box = ring;
        Func<int> read = (Func<int>)Delegate.CreateDelegate(typeof(Func<int>), box, typeof(Ring).GetMethod(nameof(Ring.Read))!);
        typeof(Ring).GetField(nameof(Ring.Self))!.SetValue(box, read);

        Func<int> copy = RoundTrip.Of(read);

        Assert.Equal(3, copy());
        Assert.Same(copy, ((Ring)copy.Target!).Self);
    }

    [Fact]
    public void Events_go_with_those_who_listen()
    {
        Bell bell = new();
        Counter counter = new();
        bell.Rung += counter.OnRung;
        bell.Rung += (_, _) => counter.Increment();

        (Bell copy, Counter copied) = RoundTrip.Of((bell, counter));
        copy.Ring();

        Assert.Equal(2, copied.Count);
    }

    [Fact]
    public void Functions_in_a_dictionary_go()
    {
        int factor = 3;
        Dictionary<string, Func<int, int>> functions = new() { ["twice"] = x => x * 2, ["times"] = x => x * factor };

        Dictionary<string, Func<int, int>> copy = RoundTrip.Of(functions);

        Assert.Equal((8, 12), (copy["twice"](4), copy["times"](4)));
    }

    [Fact]
    public void A_recursive_lambda_goes()
    {
        Func<int, int> factorial = null!;
        factorial = n => n < 2 ? 1 : n * factorial(n - 1);
        Assert.Equal(120, RoundTrip.Of(factorial)(5));
    }

    [Fact]
    public void What_two_functions_share_they_share_still()
    {
        int count = 0;
        (Action Add, Func<int> Get) copy = RoundTrip.Of<(Action, Func<int>)>((() => count++, () => count));

        copy.Add();
        copy.Add();

        Assert.Equal((2, 0), (copy.Get(), count));
    }

    [Fact]
    public void Only_what_a_function_reads_goes_with_it()
    {
        int number = 3;
        using MemoryStream unused = new();
        Thread thread = Thread.CurrentThread;
        Func<int> uses = () => number;
        Func<string> other = () => $"{unused.Length}{thread.Name}";

        Assert.Equal(3, RoundTrip.Of(uses)());
        Assert.Contains("thread", RoundTrip.Refusal(other).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_function_only_writes_stays_at_home()
    {
        Task task = Task.CompletedTask;
        Action write = () => task = null!;
        RoundTrip.Of(write)();
        Assert.NotNull(task);
    }

    [Fact]
    public void Comparisons_and_comparers_made_of_functions_go()
    {
        Comparer<string> byLength = Comparer<string>.Create((x, y) => x.Length - y.Length);
        EqualityComparer<string> sameLength = EqualityComparer<string>.Create((x, y) => x?.Length == y?.Length, x => x.Length);

        Assert.True(RoundTrip.Of(byLength).Compare("aaa", "b") > 0);
        Assert.True(RoundTrip.Of(sameLength).Equals("aaa", "bbb"));
    }

    private static void Nothing()
    {
    }

    private static string Describe<T>(T value) => $"{typeof(T)} {value}";

    private static class Box<T>
    {
        public static string Describe<TOther>(TOther value) => $"{typeof(T).Name} {value}";
    }

    private interface ITalk
    {
        string Hello();

        string Default() => "default";
    }

    private abstract class Animal
    {
        public abstract string Speak();

        public virtual string Generic<T>() => typeof(T).Name;
    }

    private sealed class Dog : Animal, ITalk
    {
        public override string Speak() => "woof";

        string ITalk.Hello() => "hello";
    }

    private class Wrapping<T>
    {
        public virtual string Text() => $"[{default(T)}]";
    }

    private sealed class Wrapped : Wrapping<string>;

    private sealed class Puppy : Animal
    {
        public Func<string?> TextOfBase => base.ToString;

        public override string Speak() => "yap";

        public override string ToString() => Speak();

        public Func<string> GenericOfBase<T>() => base.Generic<T>;

        public override string Generic<T>() => "none";
    }

    private struct Meter
    {
        public int Value;
        public string Name;

        public readonly string Read() => $"{Name} {Value}";

        internal sealed class Constants
        {
            public int Five() => 5;
        }
    }

    private struct Ring
    {
        public int Number;
        public Func<int> Self;

        public readonly int Read() => Number;
    }

    private sealed class Counter
    {
        public int Count { get; private set; }

        public void Increment() => Count++;

        public void OnRung(object? sender, EventArgs e) => Count++;
    }

    private sealed class Bell
    {
        public event EventHandler? Rung;

        public void Ring() => Rung?.Invoke(this, EventArgs.Empty);
    }
}

file static class Extensions
{
    public static bool IsMissing(this string? text) => text is null;

    public static int CountOf(this List<int> list) => list.Count;
}
