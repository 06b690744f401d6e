namespace Multiprocessing.Package.Tests;

/// <summary>One package for all, and one build at a time.</summary>
[CollectionDefinition(nameof(TestPackage))]
public class PackageTests : ICollectionFixture<TestPackage>;
