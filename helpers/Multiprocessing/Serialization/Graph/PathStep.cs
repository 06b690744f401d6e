namespace Multiprocessing.Serialization.Graph;

/// <summary>How the writer came to an object.</summary>
/// <param name="Owner">The number of the object that refers to it, or -1 for the root.</param>
/// <param name="Step">The field, the index, or the key; null if a reader would not see it.</param>
/// <param name="InlineSteps">The steps through value types before that one.</param>
internal sealed record PathStep(int Owner, object? Step, object[] InlineSteps);
