using System.Reflection;

namespace Multiprocessing.Serialization.Graph;

/// <summary>A variable that code reads, and whose value follows.</summary>
internal sealed record PendingVariable(object Holder, int HolderId, FieldInfo Variable);
