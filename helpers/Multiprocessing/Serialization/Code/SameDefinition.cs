using System.Reflection;

namespace Multiprocessing.Serialization.Code;

/// <summary>Holds two members for the same if they are of one definition: every instantiation of a generic method or closure.</summary>
internal sealed class SameDefinition : IEqualityComparer<MemberInfo>
{
    public static SameDefinition Comparer { get; } = new();

    public bool Equals(MemberInfo? x, MemberInfo? y) => x is null || y is null ? x == y : x.HasSameMetadataDefinitionAs(y);

    public int GetHashCode(MemberInfo member) => member.MetadataToken;
}
