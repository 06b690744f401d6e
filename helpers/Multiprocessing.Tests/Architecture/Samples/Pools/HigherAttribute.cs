namespace Multiprocessing.Tests.Architecture.Samples.Pools;

[AttributeUsage(AttributeTargets.All)]
public sealed class HigherAttribute : Attribute;
