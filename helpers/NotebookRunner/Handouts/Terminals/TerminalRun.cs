namespace NotebookRunner.Handouts.Terminals;

/// <summary>Where in a text a style begins. It goes on to the next.</summary>
internal readonly record struct TerminalRun(int Start, TerminalStyle Style);
