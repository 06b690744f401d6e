using System.CommandLine;
using Multiprocessing.Benchmarks.Kernels;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks;

/// <summary>The options of the program.</summary>
internal static class BenchmarkCommandLine
{
    private static readonly Option<bool> AgainstPython = new("--against-python") { Description = "Measure Python's multiprocessing in the same run." };
    private static readonly Option<string> Interpreter = new("--python") { Description = "The Python to compare with.", DefaultValueFactory = static _ => "python3" };
    private static readonly Option<bool> Quick = new("--quick") { Description = "Fewer and shorter runs: a minute or two, and coarser." };
    private static readonly Option<string> Only = new("--only") { Description = "Measure only what has this text in its name." };
    private static readonly Option<bool> List = new("--list") { Description = "Only print the names of what would be measured." };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Also write the rows to this file." };

    public static Task<int> InvokeAsync(string[] arguments)
    {
        RootCommand root = new("Measures Multiprocessing, side by side with Python's multiprocessing, and the kernel, side by side with .NET Interactive where that is installed. Ends with 0 if everything could be measured, however fast.")
        {
            AgainstPython, Interpreter, Quick, Only, List, Json,
        };
        root.SetAction(static (parsed, cancellationToken) => new Benchmark(
            parsed.GetValue(Quick) ? Effort.Quick : Effort.Full,
            new Peers(parsed.GetValue(AgainstPython) ? new PythonPeer(parsed.GetValue(Interpreter)!) : null, new DotNetInteractivePeer()),
            parsed.GetValue(Json)).RunAsync(parsed.GetValue(Only) ?? "", parsed.GetValue(List), cancellationToken));
        return root.Parse(arguments).InvokeAsync();
    }
}
