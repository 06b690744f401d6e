using Multiprocessing.Tests.Serialization.Properties.Samples;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Delegates: closures, methods of objects, static and open ones, several in one.</summary>
internal sealed partial class GraphBuilder
{
    private Delegate Function() => Next(9) switch
    {
        0 => Keep(SampleFunctions.Static),
        1 => Keep(SampleFunctions.Returning(Any())),
        2 => Counter(Next(100)),
        3 => Keep(SampleFunctions.Linked(Node())),
        4 => Keep(Delegate.Combine(Counter(1), Counter(2), Keep(SampleFunctions.Static))!),
        5 => Keep<Delegate>(new Dog(Next(10), Next(10), Any()).Sum),
        6 => Keep(new Dog(Next(10), Next(10), Any()).SumOfBase),
        7 => Keep<Delegate>(typeof(Animal).GetMethod(nameof(Animal.Sum))!.CreateDelegate<Func<Animal, int>>()),
        _ => Keep<Delegate>(SampleFunctions.Generic<List<string>>),
    };

    private Func<int> Counter(int start) => Keep(SampleFunctions.Counter(start));
}
