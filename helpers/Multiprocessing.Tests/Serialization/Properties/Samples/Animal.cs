namespace Multiprocessing.Tests.Serialization.Properties.Samples;

/// <summary>A class with a private field whose name a derived class uses again.</summary>
internal class Animal(int number)
{
    private readonly int _number = number;

    public virtual int Sum() => _number;
}
