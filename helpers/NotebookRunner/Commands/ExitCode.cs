namespace NotebookRunner.Commands;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Every cell did what it should, and a check found nothing.</summary>
    internal const int Success = 0;

    /// <summary>At least one cell did not, or a check found something.</summary>
    internal const int Failed = 1;

    /// <summary>The command line, a file or a folder cannot be used.</summary>
    internal const int InvalidInput = 2;

    /// <summary>Stopped by Ctrl-C or SIGTERM: 128 and the number of SIGINT, as shells have it.</summary>
    internal const int Interrupted = 130;
}
