using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Serialization.Graph;

/// <summary>An object that has been announced, and whose contents follow.</summary>
/// <remarks>A class, as are the other elements of collections here: collections of value types have no code compiled ahead of time.</remarks>
internal sealed record PendingBody(object Value, Serializer Serializer, int Id);
