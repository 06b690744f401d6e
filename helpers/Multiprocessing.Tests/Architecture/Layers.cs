namespace Multiprocessing.Tests.Architecture;

/// <summary>
/// The layers of the library, which are its namespaces below its own, and what each may use: those that stand below it, and itself. The types of the root namespace, which a program sees, stand
/// above all but Notebooks.
/// </summary>
/// <param name="root">The library's own namespace.</param>
internal sealed class Layers(string root)
{
    private const string Public = "the public types", Notebooks = "Notebooks";

    /// <summary>How high each stands. Those that stand side by side do not use each other.</summary>
    private static readonly Dictionary<string, int> Heights = new()
    {
        ["Hosting"] = 0,
        ["Memory"] = 1,
        ["Serialization"] = 2,
        ["Diagnostics"] = 3,
        ["Connections"] = 4,
        ["Workers"] = 5,
        ["Synchronization"] = 5,
        ["Pools"] = 6,
        ["Queues"] = 6,
        ["Dictionaries"] = 7,
        [Public] = 8,
        [Notebooks] = 9,
    };

    /// <summary>The only public types that others may use: who finds out that something has failed throws what says so. From which layer up each is thrown.</summary>
    private static readonly Dictionary<string, string> Thrown = new()
    {
        [nameof(NotShippableException)] = "Serialization",
        [nameof(WorkerException)] = "Connections",
        [nameof(WorkerFailureException)] = "Connections",
        [nameof(WorkerDiedException)] = "Workers",
        [nameof(WorkerLimit)] = "Connections",
    };

    public static Layers OfLibrary { get; } = new(nameof(Multiprocessing));

    /// <returns>The layer of a type; null for one that is not of the library, such as a compiler's. One of an unknown name is no layer's.</returns>
    public string? Find(string typeNamespace)
    {
        if (typeNamespace == root)
        {
            return Public;
        }

        if (!typeNamespace.StartsWith(root + ".", StringComparison.Ordinal))
        {
            return null;
        }

        // Cells name the namespace of Timings, and that of Notebooks they need not know.
        string name = typeNamespace[(root.Length + 1)..].Split('.')[0];
        return name == "Timings" ? Notebooks : name;
    }

    public static bool IsKnown(string layer) => Heights.ContainsKey(layer);

    /// <summary>Whether a type of one layer may use a type of another.</summary>
    public bool MayUse(string user, string used, string usedType) =>
        user == used || Heights[used] < Heights[user]
        || (used == Public && Thrown.TryGetValue(usedType[(root.Length + 1)..], out string? lowest) && Heights[user] >= Heights[lowest]);
}
