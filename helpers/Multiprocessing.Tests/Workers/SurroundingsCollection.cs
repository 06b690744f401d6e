namespace Multiprocessing.Tests.Workers;

/// <summary>Tests that change, or look at, what the whole process shares: its console, its environment, the calls that wait for a worker's text.</summary>
[CollectionDefinition(nameof(SurroundingsTests), DisableParallelization = true)]
public class SurroundingsCollection;
