namespace NotebookRunner.Kernels;

/// <summary>How to start a kernel that speaks .NET Interactive's stdio protocol.</summary>
internal sealed record KernelCommandLine(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The kernel inside this very program.</summary>
    public static KernelCommandLine Embedded => new(DotNetHost.Path, ["exec", typeof(KernelCommandLine).Assembly.Location, "kernel", EmbeddedKernel.MarkErrorsOption]) { MarksErrors = true };

    /// <summary>What the user can do when it does not start; null if nobody knows.</summary>
    public string? Remedy { get; init; }

    /// <summary>Whether it marks on its stderr where a cell has ended, so that what is written there can be shown with the cell.</summary>
    public bool MarksErrors { get; init; }

    /// <summary>The .NET Interactive tool, for notebooks in <paramref name="workingDirectory"/>.</summary>
    /// <param name="workingDirectory">The folder of the notebook, against which relative paths in cells resolve.</param>
    /// <param name="command">How the tool is called on this machine; found unless given.</param>
    public static KernelCommandLine DotNetInteractive(string workingDirectory, params IReadOnlyList<string> command)
    {
        if (command.Count == 0)
            command = DotNetInteractiveTool.Find();
        return new(command[0], [.. command.Skip(1), "stdio", "--working-dir", workingDirectory]) { Remedy = DotNetInteractiveTool.Remedy };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', [FileName, .. Arguments]);
}
