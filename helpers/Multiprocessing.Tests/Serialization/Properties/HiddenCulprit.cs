using Multiprocessing.Tests.Serialization.Properties.Samples;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>A graph with one object in it that cannot go, and the way to it in the words of the source.</summary>
internal sealed class HiddenCulprit
{
    private const int MostLayers = 12;

    private readonly GraphBuilder _builder;
    private readonly List<string> _steps = [];

    private HiddenCulprit(GraphBuilder builder)
    {
        _builder = builder;
        Culprit = builder.Next(4) switch
        {
            0 => new Thread(static () => { }),
            1 => Task.CompletedTask,
            2 => new SemaphoreSlim(1),
            _ => Stream.Null,
        };
        Graph = Culprit;
    }

    /// <summary>What cannot go.</summary>
    public object Culprit { get; }

    /// <summary>The whole graph.</summary>
    public object Graph { get; private set; }

    /// <summary>From the graph to what cannot go.</summary>
    public string Path => string.Join(" -> ", _steps.Append("value").Reverse());

    /// <summary>Hides an object as deep as the choices say, among others that can go.</summary>
    public static HiddenCulprit In(Choices choices)
    {
        HiddenCulprit hidden = new(new GraphBuilder(choices));
        for (int left = 1 + hidden._builder.Next(MostLayers); left > 0; left--)
        {
            hidden.Wrap();
        }

        return hidden;
    }

    private void Wrap()
    {
        object inner = Graph;
        Graph = _builder.Next(17) switch
        {
            0 => Step(new List<object?> { Other(), Other(), inner, Other() }, "[2]"),
            1 => Step(new object?[,] { { Other(), Other() }, { inner, Other() } }, "[2]"),
            2 => Step(new Node { Left = Other(), Right = inner }, "Right"),
            3 => Step(new Dictionary<string, object?> { ["other"] = Other(), ["log"] = inner }, "[log]"),
            4 => Step(new Dictionary<object, int> { [5] = 5, [new Node { Number = 7, Right = inner }] = 6 }, "Right", "[node 7]"),
            5 => Step((Other(), inner), "Item2"),
            6 => Step(Tuple.Create(Other(), inner), "Item2"),
            7 => Step(new { Name = Other(), Inner = inner }, "Inner"),
            8 => Step(SampleFunctions.Returning(inner), "value"),
            9 => Step(new LinkedList<object?>([Other(), inner]), "element"),
            10 => Step(new SortedDictionary<int, object?> { [1] = Other(), [2] = inner, [3] = Other() }, "element"),
            11 => Step(new Queue<object?>([Other(), inner]), "[1]"),
            12 => Step(new Dog(1, 2, inner), "toy"),
            13 => Step(new Reading { Note = Other(), Mark = new Mark("", 1, inner) }, "Link", "Mark"),
            14 => Step(new KeyValuePair<int, (object?, Mark)>[] { new(1, (Other(), new Mark("", 1, inner))) }, "Link", "Item2", "[0]"),
            15 => Step(new SampleException("message", inner), "More"),
            _ => Step(new HashSet<object>(ReferenceEqualityComparer.Instance) { "other", inner }, "[1]"),
        };
    }

    /// <summary>Something that can go, and has nothing to do with the rest.</summary>
    private object? Other() => _builder.Any();

    private object Step(object outer, params string[] steps)
    {
        _steps.AddRange(steps);
        return outer;
    }
}
