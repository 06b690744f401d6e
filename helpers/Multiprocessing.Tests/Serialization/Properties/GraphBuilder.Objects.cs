using Multiprocessing.Tests.Serialization.Properties.Samples;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Objects of classes, records and anonymous types.</summary>
internal sealed partial class GraphBuilder
{
    private object Object() => Next(10) switch
    {
        0 => Node(),
        1 => Keep(new Dog(Next(10), Next(10), Any())),
        2 => Keep(new Label(Text(), Next(5))),
        3 => Keep(new LongLabel(Text(), Next(5), Any())),
        4 => Keep(new { Name = Text(), Rest = Any() }),
        5 => Nested(),
        6 => Keep(Tuple.Create(Any(), Text(), Next(5))),
        7 => Keep(Tuple.Create(1, 2, 3, 4, 5, 6, Any(), Any())),
        8 => Keep(new Lazy<object?>(Any())),
        _ => Keep(new Dog.Collar<Mark> { Content = new Mark("m", 1, Any()), Other = Next(5) }),
    };

    private Node Node()
    {
        Node node = Keep(new Node { Number = Serial() });
        node.Left = Any();
        node.Right = Next(2) == 0 ? Shared() : Any();
        return node;
    }

    private Outer<string>.Inner<(int, object?)> Nested()
    {
        Outer<string>.Inner<(int, object?)> inner = Keep(new Outer<string>.Inner<(int, object?)>());
        inner.First = Text();
        inner.Second = (Next(5), Any());
        inner.Many = new() { [Text()] = [(Next(5), Shared())] };
        return inner;
    }
}
