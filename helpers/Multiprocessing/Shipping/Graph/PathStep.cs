using System.Reflection;

namespace Multiprocessing.Shipping.Graph;

/// <summary>How the writer came to an object.</summary>
/// <param name="Owner">The number of the object that refers to it, or -1 for the root.</param>
/// <param name="Step">The field, the index, or the key as text; null if a reader would not see it.</param>
/// <param name="StructFields">The fields of value types passed on the way.</param>
internal sealed record PathStep(int Owner, object? Step, FieldInfo[] StructFields);
