using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>Finds the assemblies that <c>#r</c> names, and those that these in turn need, each of which is then read once.</summary>
internal sealed class AssemblyReferenceResolver(string baseDirectory) : MetadataReferenceResolver
{
    private static readonly ConcurrentDictionary<string, PortableExecutableReference?> Missing = [];

    private readonly ScriptMetadataResolver _inner = ScriptMetadataResolver.Default.WithBaseDirectory(baseDirectory);

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => _inner.ResolveMissingAssemblies;

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        [.. _inner.ResolveReference(reference, baseFilePath, properties).Select(Share)];

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        Missing.GetOrAdd($"{(definition as PortableExecutableReference)?.FilePath}|{referenceIdentity.GetDisplayName()}", _ => _inner.ResolveMissingAssembly(definition, referenceIdentity) is { } found ? Share(found) : null);

    /// <inheritdoc/>
    public override bool Equals(object? other) => other is AssemblyReferenceResolver resolver && resolver._inner.Equals(_inner);

    /// <inheritdoc/>
    public override int GetHashCode() => _inner.GetHashCode();

    private static PortableExecutableReference Share(PortableExecutableReference found) =>
        found.FilePath is { } path ? AssemblyReferences.Of(path, found.Properties) : found;
}
