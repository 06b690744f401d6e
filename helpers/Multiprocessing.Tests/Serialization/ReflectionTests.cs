using System.Reflection;

namespace Multiprocessing.Tests.Serialization;

public class ReflectionTests
{
    public static TheoryData<Type> Types =>
    [
        typeof(int), typeof(string), typeof(List<>), typeof(List<string>), typeof(Dictionary<,>.Enumerator), typeof(Dictionary<int, string>.Enumerator),
        typeof(int[]), typeof(int[,]), typeof(int).MakeArrayType(1), typeof(int*), typeof(int**), typeof(int).MakeByRefType(), typeof(List<>).GetGenericArguments()[0],
        typeof(Enumerable).GetMethod("Empty")!.GetGenericArguments()[0], typeof(Nested.Deeper<>), typeof(Nested.Deeper<int>), typeof(void), typeof(Span<>), typeof(Span<int>),
        typeof(Dictionary<,>).MakeGenericType(typeof(int), typeof(List<>).GetGenericArguments()[0]), typeof(ReflectionTests), typeof(TypedReference),
        typeof(Dictionary<,>).GetGenericArguments()[1].MakeArrayType(), typeof(List<>).MakeGenericType(typeof(List<>).GetGenericArguments()),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_is_the_same_type(Type type) => Assert.Same(type, RoundTrip.Of(type));

    public static TheoryData<MemberInfo> Members =>
    [
        typeof(string).GetMethod("Trim", [])!, typeof(List<int>).GetMethod("Add")!, typeof(List<>).GetMethod("Add")!, typeof(Enumerable).GetMethod("Empty")!,
        typeof(Enumerable).GetMethod("Empty")!.MakeGenericMethod(typeof(string)), typeof(List<int>).GetConstructor([])!, typeof(string).GetProperty("Length")!,
        typeof(List<string>).GetProperty("Item")!, typeof(string).GetField("Empty")!, typeof(KeyValuePair<int, string>).GetField("key", BindingFlags.NonPublic | BindingFlags.Instance)!,
        typeof(AppDomain).GetEvent("ProcessExit")!,
    ];

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_is_the_same_member(MemberInfo member) => Assert.Equal(member, RoundTrip.Of(member));

    [Fact]
    public void A_type_of_function_pointers_is_refused() =>
        Assert.Contains("function pointer", RoundTrip.Refusal(typeof(Nested).GetField("Pointer")!.FieldType).Message, StringComparison.Ordinal);

    [Fact]
    public void An_assembly_is_the_same_assembly() => Assert.Same(GetType().Assembly, RoundTrip.Of(GetType().Assembly));

    private static unsafe class Nested
    {
#pragma warning disable CS0649
        public static delegate*<int, void> Pointer;
#pragma warning restore CS0649

        public sealed class Deeper<T>;
    }
}
