using System.CommandLine;
using Multiprocessing.Benchmarks.Kernels;
using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Benchmarks.Queues;

namespace Multiprocessing.Benchmarks;

/// <summary>The options of the program.</summary>
internal static class BenchmarkCommandLine
{
    private static readonly Option<bool> AgainstPython = new("--against-python") { Description = "Measure Python's multiprocessing in the same run." };
    private static readonly Option<string> Interpreter = new("--python") { Description = "The Python to compare with.", DefaultValueFactory = static _ => "python3" };
    private static readonly Option<FileInfo?> Interprocess = new("--interprocess") { Description = "The assembly of Cloudtoid.Interprocess, to compare with." };
    private static readonly Option<bool> Quick = new("--quick") { Description = "Fewer and shorter runs: a few minutes, and coarser." };
    private static readonly Option<string> Only = new("--only") { Description = "Measure only what has this text in its name." };
    private static readonly Option<bool> List = new("--list") { Description = "Only print the names of what would be measured." };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Also write the rows to this file." };
    private static readonly Option<FileInfo?> Markdown = new("--markdown") { Description = "Also write the rows to this file, as a page of documentation." };
    private static readonly Option<DirectoryInfo> Other = new("--other") { Description = "The folder of the other build: where its Multiprocessing.Benchmarks.dll is.", Required = true };
    private static readonly Option<int> Runs = new("--runs") { Description = "How often each row is measured in both.", DefaultValueFactory = static _ => 3 };
    private static readonly Argument<string> Name = new("name");
    private static readonly Option<bool> OfPeer = new(ProgramBuild.PeerOption);

    public static Task<int> InvokeAsync(string[] arguments)
    {
        RootCommand root = new("Measures Multiprocessing, side by side with Python's multiprocessing, and the kernel, side by side with .NET Interactive where that is installed. Ends with 0 if everything could be measured, however fast.")
        {
            AgainstPython, Interpreter, Interprocess, Quick, Only, List, Json, Markdown, Compare(), MeasureSide(),
        };
        root.SetAction(static (parsed, cancellationToken) =>
        {
            Benchmark benchmark = new(ProgramBuild.This, PassedOn(parsed), EffortOf(parsed), PeersOf(parsed), parsed.GetValue(Json), parsed.GetValue(Markdown));
            return ReportAsync(benchmark.RunAsync(parsed.GetValue(Only) ?? "", parsed.GetValue(List), cancellationToken), cancellationToken);
        });
        return root.Parse(arguments).InvokeAsync();
    }

    private static Command Compare()
    {
        Runs.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--runs is at least 1");
            }
        });
        Command compare = new("compare", "Measures our side of each row in this build and in another one, in turn, so that what else the machine does meets both.") { Other, Runs, Quick, Only };
        compare.SetAction(static (parsed, cancellationToken) =>
        {
            BuildComparison comparison = new(new ProgramBuild(parsed.GetValue(Other)!.FullName), ProgramBuild.This, PassedOn(parsed), EffortOf(parsed));
            return ReportAsync(comparison.RunAsync(parsed.GetValue(Only) ?? "", parsed.GetValue(Runs), cancellationToken), cancellationToken);
        });
        return compare;
    }

    /// <summary>What this program starts itself with for each side of each row.</summary>
    private static Command MeasureSide()
    {
        Command measure = new(ProgramBuild.MeasureVerb) { Name, OfPeer, AgainstPython, Interpreter, Interprocess, Quick };
        measure.Hidden = true;
        measure.SetAction(static (parsed, cancellationToken) =>
            ReportAsync(new SideMeasuring(EffortOf(parsed), PeersOf(parsed)).RunAsync(parsed.GetValue(Name)!, parsed.GetValue(OfPeer), cancellationToken), cancellationToken));
        return measure;
    }

    /// <summary>The exit code; what went wrong goes to standard error, in a line.</summary>
    private static async Task<int> ReportAsync(Task<int> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("interrupted");
            return ParentWatch.Interrupted;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static Effort EffortOf(ParseResult parsed) => parsed.GetValue(Quick) ? Effort.Quick : Effort.Full;

    private static Peers PeersOf(ParseResult parsed) => new(parsed.GetValue(AgainstPython) ? new PythonPeer(parsed.GetValue(Interpreter)!) : null, new DotNetInteractivePeer(), new InterprocessPeer(parsed.GetValue(Interprocess)));

    private static string[] PassedOn(ParseResult parsed) =>
    [
        .. parsed.GetValue(Quick) ? (string[])[Quick.Name] : [],
        .. parsed.GetValue(AgainstPython) ? (string[])[AgainstPython.Name, Interpreter.Name, parsed.GetValue(Interpreter)!] : [],
        .. parsed.GetValue(Interprocess) is { } interprocess ? (string[])[Interprocess.Name, interprocess.FullName] : [],
    ];
}
