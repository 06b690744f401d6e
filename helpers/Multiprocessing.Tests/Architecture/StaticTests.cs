using System.Buffers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Multiprocessing.Tests.Architecture;

/// <summary>What a process has one of is to belong to one object that everything is given. This is what does not yet: the list may become shorter, and not longer.</summary>
public class StaticTests
{
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The field, without the library's namespace, and why it is there.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["Connections.Calls.Cultures.s_defaultsApplied"] = "in a worker: the process's culture is set once",
        ["Connections.Calls.WorkerName.OfThisProcess"] = "in a worker: its name",
        ["Connections.EnvironmentSnapshot.s_last"] = "the last snapshot, which is the next one's if nothing has changed",
        ["Connections.Invocation.Resolver"] = "LoadedAssemblies.Instance",
        ["Connections.Output.OutputRouter.Gate"] = "the process has one console",
        ["Connections.Output.OutputRouter.Kept"] = "likewise",
        ["Connections.Output.OutputRouter.Room"] = "likewise",
        ["Connections.Output.OutputRouter.Waits"] = "likewise",
        ["Connections.Output.OutputRouter.s_kept"] = "likewise",
        ["Connections.ParentEvents.OfThisProcess"] = "the events by which workers wake this process",
        ["Connections.WorkerConnection.s_count"] = "numbers the workers",
        ["Hosting.NotebookHost.Current"] = "the notebook that the process runs, if it does",
        ["Memory.ParentSegmentFolder.LifeSign"] = "in a worker: what the parent said",
        ["Memory.ParentSegmentFolder.Name"] = "likewise",
        ["Memory.ParentSegmentFolder.Roots"] = "likewise",
        ["Memory.PortableThreadToken.Threads"] = "the threads of the process that have taken a lock",
        ["Memory.PortableThreadToken.s_last"] = "numbers them",
        ["Memory.ProcessIdentity.Own"] = "who this process is",
        ["Memory.ProcessToken.s_own"] = "likewise, as a number",
        ["Memory.SegmentFolder.s_isEnding"] = "the process's folder of segments is deleted at its end",
        ["Memory.SegmentFolder.s_making"] = "likewise, when nobody is making one",
        ["Memory.SegmentParts.Plain"] = "options, which nobody changes",
        ["Memory.SegmentRoots.LazyAll"] = "where this system has shared memory",
        ["Memory.SegmentSweep.s_begun"] = "the process sweeps once",
        ["Memory.SegmentTable.Gate"] = "each segment is mapped once in the process",
        ["Memory.SegmentTable.Mapped"] = "likewise",
        ["Memory.SegmentTable.Openings"] = "likewise",
        ["Memory.SegmentTable.s_nextCleaning"] = "likewise",
        ["Memory.ThreadToken.t_current"] = "who this thread is",
        ["Memory.TrackedObjects.Gate"] = "what this process leaves at its end",
        ["Memory.TrackedObjects.s_known"] = "likewise",
        ["Notebooks.Kernel.KernelHost+CellAssemblies.s_areThere"] = "whether cells have been compiled in the process",
        ["Notebooks.Kernel.KernelExtension.s_tried"] = "the process loads it once",
        ["Notebooks.Kernel.RunningCell.Cells"] = "the kernel's contexts, as long as they live",
        ["Notebooks.Kernel.StoppedThreads.Stops"] = "the process has one handler of exceptions that nobody catches",
        ["Pools.MapCall.Resolver"] = "LoadedAssemblies.Instance",
        ["Pools.PoolCall.s_count"] = "numbers the calls",
        ["Queues.ItemCodec.Array"] = "makes arrays of the type",
        ["Serialization.Assemblies.LoadedAssemblies.ByMvid"] = "what the process has loaded",
        ["Serialization.Assemblies.LoadedAssemblies.Cells"] = "likewise",
        ["Serialization.Assemblies.LoadedAssemblies.Instance"] = "likewise",
        ["Serialization.Assemblies.ProcessAssemblies.s_resolver"] = "how this process, a worker or not, finds what another means",
        ["Serialization.Code.ReachableCode+DefinitionComparer.Instance"] = "has no state",
        ["Serialization.Shipment.Empty"] = "never changes",
        ["Timings.Charts.Html.Settings"] = "options, which nobody changes",
        ["Timings.Charts.TimeUnit.Microsecond"] = "never changes",
        ["Timings.Charts.TimeUnit.Millisecond"] = "never changes",
        ["Timings.Charts.TimeUnit.Second"] = "never changes",
        ["Timings.Timelines.ThreadLane.s_threads"] = "numbers the threads that have no name",
        ["Timings.Timelines.ThreadLane.t_thread"] = "the number of this one",
        ["WorkerPool.s_count"] = "numbers the pools, for their names",
        ["WorkerPool.s_isRehearsed"] = "the process rehearses once",
        ["WorkerProcess.s_count"] = "numbers the processes, for their names",
        ["Workers.Launching.WorkerLauncher.Default"] = "how this system starts a process",
        ["Workers.LiveWorkers.Workers"] = "the workers of the process, for whoever lists them",
        ["Workers.Serving.ParentWatch.s_hasEnded"] = "in a worker: whether its last call has",
        ["Workers.WorkerStock.Default"] = "the workers of the process that wait for a call",
    };

    [Fact]
    public void What_a_process_has_one_of_does_not_become_more()
    {
        string[] found = [.. typeof(WorkerPool).Assembly.GetTypes().Where(IsWritten).SelectMany(static type => type.GetFields(Statics)).Where(static field => !IsConstant(field)).Select(Name).Distinct()];

        Assert.Equal("", string.Join('\n', found.Except(Known.Keys).Order()));
        Assert.Equal("", string.Join('\n', Known.Keys.Except(found).Order()));
    }

    private static bool IsWritten(Type type) => type.Namespace?.StartsWith(nameof(Multiprocessing), StringComparison.Ordinal) == true && !type.FullName!.Contains('<');

    /// <summary>Whether it is the same for ever, or a cache by type, method or assembly, which costs nothing but time to lose.</summary>
    private static bool IsConstant(FieldInfo field) => field.IsLiteral || field.Name.Contains("CachedLambda", StringComparison.Ordinal)
        || (field.IsInitOnly && (IsFixed(field.FieldType) || IsTable(field.FieldType) || IsCache(field.FieldType)));

    private static bool IsFixed(Type type) => type.IsPrimitive || type.IsEnum || typeof(MemberInfo).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type)
        || type == typeof(string) || type == typeof(TimeSpan) || type == typeof(StringComparer) || type == typeof(XNamespace) || type == typeof(Assembly)
        || (type.FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal) && Array.TrueForAll(type.GetGenericArguments(), IsFixed));

    private static bool IsTable(Type type) => type.IsArray ? IsFixed(type.GetElementType()!) : type.IsGenericType
        && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(Dictionary<,>) || definition == typeof(HashSet<>) || definition == typeof(Lazy<>) || definition == typeof(SearchValues<>))
        && Array.TrueForAll(type.GetGenericArguments(), static part => IsFixed(part) || IsTable(part));

    private static bool IsCache(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ConditionalWeakTable<,>)
        && type.GetGenericArguments()[0] is var key && (key == typeof(Assembly) || typeof(MemberInfo).IsAssignableFrom(key));

    private static string Name(FieldInfo field)
    {
        string type = field.DeclaringType!.FullName![(nameof(Multiprocessing).Length + 1)..].Split('`')[0];
        return $"{type}.{(field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name)}";
    }
}
