namespace Testing;

/// <summary>What came of a program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="StandardOutput">What it has written, with the line ends of Unix.</param>
/// <param name="StandardError">What it has written to standard error, as well.</param>
internal sealed record ProgramResult(int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>Its output, if it has succeeded.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{StandardOutput}\n{StandardError}");
        return StandardOutput;
    }
}
