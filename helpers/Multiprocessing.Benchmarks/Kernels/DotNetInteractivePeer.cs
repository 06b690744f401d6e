using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>The .NET Interactive that our kernel is compared with: the one that the environment names, or the installed one.</summary>
internal sealed class DotNetInteractivePeer
{
    public const string Name = ".NET Interactive";

    private readonly IReadOnlyList<string> _command = DotNetInteractiveTool.Named is { Count: > 0 } named ? named : DotNetInteractiveTool.Find();
    private readonly Lazy<(string? Version, string? WhyMissing)> _found;

    public DotNetInteractivePeer()
    {
        // Else it would report each of its starts to its makers, and be measured with that.
        Environment.SetEnvironmentVariable("DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT", "1");
        Program = new(folder => KernelCommandLine.DotNetInteractive(folder, _command));
        _found = new(Find);
    }

    /// <summary>How to start it.</summary>
    public KernelProgram Program { get; }

    /// <summary>Which it is; null if there is none.</summary>
    public string? Version => _found.Value.Version;

    /// <summary>Why there is none; null if there is.</summary>
    public string? WhyMissing => _found.Value.WhyMissing;

    private (string? Version, string? WhyMissing) Find()
    {
        try
        {
            return (DotNetInteractiveTool.FindVersion(_command, KernelProgram.Folder), null);
        }
        catch (KernelStartException e)
        {
            return (null, e.Message);
        }
    }
}
