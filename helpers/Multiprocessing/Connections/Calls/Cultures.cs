using System.Globalization;

namespace Multiprocessing.Connections.Calls;

/// <summary>The cultures of a call, as of its making; null for those that a worker has anyway.</summary>
/// <param name="given">The one to take in place of the caller's; null for the caller's.</param>
internal sealed class Cultures(CultureInfo? given)
{
    private readonly CultureInfo? _culture = Unless(given ?? CultureInfo.CurrentCulture, CultureInfo.InstalledUICulture);
    private readonly CultureInfo? _uiCulture = Unless(given ?? CultureInfo.CurrentUICulture, CultureInfo.InstalledUICulture);
    private readonly CultureInfo? _threadCulture = CultureInfo.DefaultThreadCurrentCulture;
    private readonly CultureInfo? _threadUICulture = CultureInfo.DefaultThreadCurrentUICulture;

    /// <summary>Makes them those of this process, and of the current execution context.</summary>
    public void Apply()
    {
        // To touch a culture loads the globalization library, and most calls need none.
        bool hasDefaults = _threadCulture is not null || _threadUICulture is not null;
        if (hasDefaults || CultureInfo.DefaultThreadCurrentCulture is not null || CultureInfo.DefaultThreadCurrentUICulture is not null)
        {
            CultureInfo.DefaultThreadCurrentCulture = _threadCulture;
            CultureInfo.DefaultThreadCurrentUICulture = _threadUICulture;
        }

        if (_culture is not null)
        {
            CultureInfo.CurrentCulture = _culture;
        }

        if (_uiCulture is not null)
        {
            CultureInfo.CurrentUICulture = _uiCulture;
        }
    }

    private static CultureInfo? Unless(CultureInfo culture, CultureInfo usual) =>
        culture.Name == usual.Name && culture.IsReadOnly ? null : culture;
}
