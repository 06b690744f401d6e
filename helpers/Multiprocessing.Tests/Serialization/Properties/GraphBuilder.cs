namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Makes the object graph that some choices stand for: of everything that can go, with sharing and cycles.</summary>
/// <remarks>Where there are no choices left, the choice is 0, which everywhere means nothing or the end.</remarks>
internal sealed partial class GraphBuilder(Choices choices)
{
    private readonly List<object> _made = [];
    private int _position;
    private int _serial;

    /// <summary>The graph.</summary>
    public static object? Build(Choices choices) => new GraphBuilder(choices).Any();

    /// <summary>Graphs one after the other from the same choices.</summary>
    public object? Any() => Next(9) switch
    {
        0 => Value(),
        1 => Shared(),
        2 => AnyArray(),
        3 => Sequence(),
        4 => Hashing(),
        5 => Sorted(),
        6 => Object(),
        7 => Function(),
        _ => Framework(),
    };

    /// <summary>A number below <paramref name="count"/>.</summary>
    public int Next(int count) => _position < choices.Numbers.Length ? choices.Numbers[_position++] % count : 0;

    /// <summary>A number that no other object of this graph has.</summary>
    private int Serial() => ++_serial;

    private long Bits() => ((long)Next(int.MaxValue) << 33) ^ ((long)Next(int.MaxValue) << 2) ^ Next(4);

    /// <summary>An object that is in the graph already; one that is still being made closes a cycle.</summary>
    private object? Shared() => _made.Count == 0 ? null : _made[Next(_made.Count)];

    private T Keep<T>(T made)
        where T : class
    {
        _made.Add(made);
        return made;
    }

    private object?[] Several()
    {
        object?[] items = new object?[Next(5)];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = Any();
        }

        return items;
    }
}
