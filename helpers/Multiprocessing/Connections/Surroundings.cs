using System.Globalization;

namespace Multiprocessing.Connections;

/// <summary>What functions of some workers see otherwise than their parent. Thread-safe.</summary>
/// <param name="culture">Their culture; null for the caller's.</param>
/// <param name="variables">Environment variables that they see in place of the parent's; null for one that they do not see.</param>
internal sealed class Surroundings(CultureInfo? culture, IReadOnlyDictionary<string, string?>? variables)
{
    private Tuple<EnvironmentSnapshot, EnvironmentSnapshot>? _last;

    /// <summary>The culture; null for the caller's.</summary>
    public CultureInfo? Culture => culture;

    /// <summary>The environment that the functions see: the same object as the last time if nothing has changed.</summary>
    /// <param name="now">That of this process.</param>
    public EnvironmentSnapshot Of(EnvironmentSnapshot now)
    {
        if (variables is null)
        {
            return now;
        }

        if (Volatile.Read(ref _last) is { } last && last.Item1 == now)
        {
            return last.Item2;
        }

        EnvironmentSnapshot changed = now.With(variables);
        Volatile.Write(ref _last, Tuple.Create(now, changed));
        return changed;
    }
}
