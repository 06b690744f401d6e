using System.Globalization;

namespace Multiprocessing.Calls;

/// <summary>The cultures of a call, as of its making; null for those that a worker has anyway.</summary>
internal sealed class Cultures
{
    private static bool s_applied;

    private readonly CultureInfo? _culture = Unless(CultureInfo.CurrentCulture, CultureInfo.InstalledUICulture);
    private readonly CultureInfo? _uiCulture = Unless(CultureInfo.CurrentUICulture, CultureInfo.InstalledUICulture);
    private readonly CultureInfo? _threadCulture = CultureInfo.DefaultThreadCurrentCulture;
    private readonly CultureInfo? _threadUICulture = CultureInfo.DefaultThreadCurrentUICulture;

    /// <summary>Makes them those of this process and thread.</summary>
    public void Apply()
    {
        bool usual = _culture is null && _uiCulture is null && _threadCulture is null && _threadUICulture is null;
        if (usual && !s_applied)
        {
            // To touch a culture loads the globalization library, and most calls need none.
            return;
        }

        s_applied = !usual;
        CultureInfo.DefaultThreadCurrentCulture = _threadCulture;
        CultureInfo.DefaultThreadCurrentUICulture = _threadUICulture;
        CultureInfo.CurrentCulture = _culture ?? CultureInfo.InstalledUICulture;
        CultureInfo.CurrentUICulture = _uiCulture ?? CultureInfo.InstalledUICulture;
    }

    private static CultureInfo? Unless(CultureInfo culture, CultureInfo usual) =>
        culture.Name == usual.Name && culture.IsReadOnly ? null : culture;
}
