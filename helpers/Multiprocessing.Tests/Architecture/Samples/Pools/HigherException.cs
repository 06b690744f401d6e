namespace Multiprocessing.Tests.Architecture.Samples.Pools;

public sealed class HigherException : Exception;
