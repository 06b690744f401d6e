using System.Globalization;
using Multiprocessing.Connections.Calls.Windows;

namespace Multiprocessing.Connections.Calls;

/// <summary>The cultures of a call, as of its making; null for those that a worker has anyway.</summary>
/// <param name="given">The one to take in place of the caller's; null for the caller's.</param>
internal sealed class Cultures(CultureInfo? given)
{
    private readonly CultureInfo? _culture = given ?? Unless(CultureInfo.CurrentCulture, UsualName, CultureInfo.DefaultThreadCurrentCulture);
    private readonly CultureInfo? _uiCulture = given ?? Unless(CultureInfo.CurrentUICulture, CultureInfo.InstalledUICulture.Name, CultureInfo.DefaultThreadCurrentUICulture);
    private readonly CultureInfo? _threadCulture = CultureInfo.DefaultThreadCurrentCulture;
    private readonly CultureInfo? _threadUICulture = CultureInfo.DefaultThreadCurrentUICulture;

    /// <summary>The culture with which a process begins. On Windows it is not the one of the display language; elsewhere the two are one. Not a field: a worker does not ask for it.</summary>
    private static string UsualName => OperatingSystem.IsWindows() ? UserLocale.Name : CultureInfo.InstalledUICulture.Name;

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

    /// <summary>Nothing, if a worker has it anyway: where threads begin with another culture, it has that one.</summary>
    private static CultureInfo? Unless(CultureInfo culture, string usualName, CultureInfo? ofThreads) =>
        ofThreads is null && culture.Name == usualName && culture.IsReadOnly ? null : culture;
}
