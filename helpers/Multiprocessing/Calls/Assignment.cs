using System.Globalization;

namespace Multiprocessing.Calls;

/// <summary>A call and the cultures to run it under; null for those that a worker has anyway.</summary>
internal sealed class Assignment(Call call)
{
    private readonly CultureInfo? _culture = Unless(CultureInfo.CurrentCulture, CultureInfo.InstalledUICulture);
    private readonly CultureInfo? _uiCulture = Unless(CultureInfo.CurrentUICulture, CultureInfo.InstalledUICulture);
    private readonly CultureInfo? _threadCulture = CultureInfo.DefaultThreadCurrentCulture;
    private readonly CultureInfo? _threadUICulture = CultureInfo.DefaultThreadCurrentUICulture;

    public Call Call => call;

    /// <summary>Makes the cultures those of this process and thread.</summary>
    public void ApplyCultures()
    {
        if (_threadCulture is not null)
        {
            CultureInfo.DefaultThreadCurrentCulture = _threadCulture;
        }

        if (_threadUICulture is not null)
        {
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
