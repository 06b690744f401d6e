using System.Buffers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Multiprocessing.Tests.Architecture;

/// <summary>What a process has one of belongs to one object that everything is given, its <see cref="Multiprocessing.Workers.WorkerHost"/>. What is static besides is the same for ever, can be lost, or says who calls.</summary>
public class StaticTests
{
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The field, without the library's namespace, and why it is there.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["Workers.WorkerHost.Default"] = "that object",
        ["Diagnostics.WorkerEvents.Log"] = "of each name the runtime has one",
        ["Memory.Futex.Listed"] = "how this system waits, with handles that can be had again",
        ["Memory.PortableThreadToken.Threads"] = "the threads that have taken a lock: the runtime numbers them anew, and other processes ask by number",
        ["Memory.PortableThreadToken.s_last"] = "numbers them",
        ["Memory.ProcessIdentity.Own"] = "who this process is, as the system says",
        ["Memory.ProcessToken.s_own"] = "likewise, as a number",
        ["Memory.ThreadToken.t_current"] = "who this thread is, as the system says",
        ["Memory.Windows.ThreadSignals.t_own"] = "likewise, where it sleeps",
        ["Timings.Timelines.ThreadLane.s_threads"] = "numbers the threads that a timeline has seen, for as long as the process lives",
        ["Timings.Timelines.ThreadLane.t_thread"] = "the number of this one",
    };

    [Fact]
    public void What_a_process_has_one_of_belongs_to_its_host()
    {
        string[] found = [.. typeof(WorkerPool).Assembly.GetTypes().Where(IsWritten).SelectMany(static type => type.GetFields(Statics)).Where(static field => !IsConstant(field)).Select(Name).Distinct()];

        Assert.Equal("", string.Join('\n', found.Except(Known.Keys).Order()));
        Assert.Equal("", string.Join('\n', Known.Keys.Except(found).Order()));
    }

    private static bool IsWritten(Type type) => type.Namespace?.StartsWith(nameof(Multiprocessing), StringComparison.Ordinal) == true && !type.FullName!.Contains('<');

    /// <summary>Whether it is the same for ever, or a cache by type, method or assembly, which costs nothing but time to lose.</summary>
    private static bool IsConstant(FieldInfo field) => field.IsLiteral || field.Name.Contains("CachedLambda", StringComparison.Ordinal)
        || (field.IsInitOnly && (IsFixed(field.FieldType) || IsTable(field.FieldType) || IsCache(field.FieldType) || IsImmutable(field.FieldType)));

    private static bool IsFixed(Type type) => type.IsPrimitive || type.IsEnum || typeof(MemberInfo).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type)
        || type == typeof(string) || type == typeof(TimeSpan) || type == typeof(StringComparer) || type == typeof(XNamespace) || type == typeof(Assembly)
        || (type.FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal) && Array.TrueForAll(type.GetGenericArguments(), IsFixed));

    private static bool IsTable(Type type) => type.IsArray ? IsFixed(type.GetElementType()!) : type.IsGenericType
        && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(Dictionary<,>) || definition == typeof(HashSet<>) || definition == typeof(Lazy<>) || definition == typeof(SearchValues<>))
        && Array.TrueForAll(type.GetGenericArguments(), static part => IsFixed(part) || IsTable(part));

    private static bool IsCache(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ConditionalWeakTable<,>)
        && type.GetGenericArguments()[0] is var key && (key == typeof(Assembly) || typeof(MemberInfo).IsAssignableFrom(key));

    /// <summary>Whether it is a type of ours that has no state, or none that changes.</summary>
    private static bool IsImmutable(Type type) => type.Namespace?.StartsWith(nameof(Multiprocessing), StringComparison.Ordinal) == true
        && Array.TrueForAll(
            type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic),
            static field => field.IsInitOnly && (IsFixed(field.FieldType) || field.FieldType.Name.StartsWith("IReadOnly", StringComparison.Ordinal) || field.FieldType == typeof(ReadOnlyMemory<byte>)));

    private static string Name(FieldInfo field)
    {
        string type = field.DeclaringType!.FullName![(nameof(Multiprocessing).Length + 1)..].Split('`')[0];
        return $"{type}.{(field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name)}";
    }
}
