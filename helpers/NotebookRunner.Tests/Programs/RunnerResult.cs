namespace NotebookRunner.Tests.Programs;

/// <summary>What the program left.</summary>
internal sealed record RunnerResult(int ExitCode, string StandardOutput, string StandardError);
