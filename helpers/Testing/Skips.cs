namespace Testing;

/// <summary>Why a test is skipped here; null if it is not.</summary>
internal static class Skips
{
    /// <param name="isLong">Whether the test takes long beside the others.</param>
    public static string? WhereLong(bool isLong) =>
        isLong && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("LONG_TESTS")) ? "takes long: set LONG_TESTS, as .ci/run does" : null;

    /// <param name="gap">What the test needs and Wine lacks.</param>
    public static string? InWine(string? gap) => Wine.IsRunning ? gap : null;

    public static string? ButOnWindows() => OperatingSystem.IsWindows() ? null : "shows how Windows is dealt with";
}
