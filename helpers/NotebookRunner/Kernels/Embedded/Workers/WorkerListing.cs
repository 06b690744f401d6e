using System.Collections;
using System.Reflection;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Workers;

/// <summary>
/// The list of live workers that a <c>Multiprocessing.dll</c> keeps. The notebook brings its own copy, or none, so that it is found by its names, and its members by theirs; a test talks to the
/// real one.
/// </summary>
internal sealed class WorkerListing
{
    private const string AssemblyName = "Multiprocessing";

    private readonly Type _commands;

    private WorkerListing(Assembly assembly) => _commands = assembly.GetType("Multiprocessing.Notebooks.Listing.WorkerCommands") ?? throw Unknown();

    /// <summary>Those of all copies that have been loaded: one, as a rule.</summary>
    /// <exception cref="RequestFailedException">One of them is of another version.</exception>
    public static IReadOnlyList<WorkerListing> FindAll() =>
        [.. AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == AssemblyName).Select(assembly => new WorkerListing(assembly))];

    /// <summary>The workers at this moment, as an object that knows how a notebook shows it.</summary>
    public object ToTable() => Call("List");

    /// <summary>The workers at this moment.</summary>
    public IEnumerable<WorkerContent> List() => ((IEnumerable)Read(ToTable(), "Workers")!).Cast<object>().Select(worker => new WorkerContent(
        (int)Read(worker, "ProcessId")!,
        (string)Read(worker, "Name")!,
        (string?)Read(worker, "Cell"),
        (string?)Read(worker, "Task"),
        (long)Read(worker, "Memory")!,
        ((TimeSpan)Read(worker, "ProcessorTime")!).TotalSeconds));

    /// <summary>Ends one.</summary>
    /// <returns>False if there is none such.</returns>
    public bool TryKill(int processId) => (bool)Call("Kill", processId);

    /// <summary>Ends them all.</summary>
    /// <returns>What there is to say about it.</returns>
    public string KillAll() => ((Task<string>)Call("KillAllAsync")).GetAwaiter().GetResult();

    private object Call(string name, params object[] arguments) =>
        (_commands.GetMethod(name, [.. arguments.Select(argument => argument.GetType())]) ?? throw Unknown())
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;

    private static object? Read(object owner, string name) => (owner.GetType().GetProperty(name) ?? throw Unknown()).GetValue(owner);

    private static RequestFailedException Unknown() => new($"The {AssemblyName}.dll that the notebook has loaded is of another version than this kernel: it does not tell of its workers.");
}
