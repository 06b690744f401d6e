using System.Globalization;
using Multiprocessing.Connections.Calls.Windows;

namespace Multiprocessing.Tests.Connections.Calls.Windows;

/// <summary>Which culture a process begins with, on Windows.</summary>
public class UserLocaleTests
{
    [WindowsFact]
    public void It_is_the_culture_of_whoever_has_not_chosen_another()
    {
        Assert.Null(CultureInfo.DefaultThreadCurrentCulture);
        CultureInfo? seen = null;
        Thread thread = new(() => seen = CultureInfo.CurrentCulture);

        // Else it would have the culture of this test.
        thread.UnsafeStart();
        thread.Join();

        Assert.NotEqual("", UserLocale.Name);
        Assert.Equal(seen!.Name, UserLocale.Name);
    }
}
