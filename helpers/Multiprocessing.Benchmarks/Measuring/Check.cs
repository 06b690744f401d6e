using System.Runtime.CompilerServices;

namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>What was measured must have been done.</summary>
internal static class Check
{
    /// <summary>Fails the measurement if a result is not the right one.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"wrong result: {what} is {actual}, not {expected}"));
        }
    }
}
