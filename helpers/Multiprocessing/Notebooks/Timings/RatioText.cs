using System.Globalization;

namespace Multiprocessing.Timings;

/// <summary>How many times as fast something is, with the decimals that mean something.</summary>
internal static class RatioText
{
    public static string Format(double ratio) =>
        ratio.ToString(ratio switch { < 1 => "F2", < 100 => "F1", _ => "N0" }, CultureInfo.InvariantCulture) + "배";
}
