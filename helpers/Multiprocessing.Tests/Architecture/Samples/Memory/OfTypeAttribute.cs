namespace Multiprocessing.Tests.Architecture.Samples.Memory;

[AttributeUsage(AttributeTargets.All)]
public sealed class OfTypeAttribute(Type type) : Attribute
{
    public Type Type => type;
}
