using System.Text.RegularExpressions;
using NotebookRunner.Execution;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels.Sessions;

/// <summary>
/// A conversation of the client with a kernel, the same whichever kernel it is. With .NET Interactive it is also to be had on machines without it: from the transcript
/// of an earlier one, in <c>Samples/Transcripts</c>.
/// </summary>
internal sealed partial class Session : IAsyncDisposable
{
    /// <summary>Set to 1, lets the sessions run with the real kernel and store their transcripts in the repository, instead of all else.</summary>
    public const string RecordVariable = "RECORD_TRANSCRIPTS";

    /// <summary>Records and replays.</summary>
    public static readonly string TranscriptProgram = Path.Combine(AppContext.BaseDirectory, "transcripts", "NotebookRunner.Tests.Transcripts.dll");

    private readonly TemporaryFolder _folder = new();
    private readonly string _name;
    private readonly SessionKernel _kind;
    private readonly OutputRecorder _recorder = new();

    private Session(string name, SessionKernel kind) => (_name, _kind) = (name, kind);

    /// <summary>The kernels that there are here.</summary>
    public static TheoryData<SessionKernel> Kernels => [.. Available];

    /// <summary>Those of them that restore no package.</summary>
    public static TheoryData<SessionKernel> KernelsWithoutPackages => [.. Available.Where(kind => kind is SessionKernel.Transcript or SessionKernel.Recorded)];

    public KernelProcess Kernel { get; private set; } = null!;

    /// <summary>Whether there is a program that takes its time and looks at files, rather than a transcript.</summary>
    public bool IsLive => _kind != SessionKernel.Transcript;

    private static IEnumerable<SessionKernel> Available =>
        Environment.GetEnvironmentVariable(RecordVariable) == "1" ? [SessionKernel.Recorded]
        : RealKernel.IsThere ? [SessionKernel.Transcript, SessionKernel.Embedded, SessionKernel.Real]
        : [SessionKernel.Transcript, SessionKernel.Embedded];

    private string Transcript => IsLive ? _folder["transcript.jsonl"] : Path.Combine(Samples.Folder, "Transcripts", $"{_name}.jsonl");

    private string Report => _folder["report"];

    /// <summary>Holds a session to its end.</summary>
    /// <param name="name">The transcript's.</param>
    /// <param name="kind">With which kernel.</param>
    /// <param name="talk">What is said, and what has to be answered.</param>
    public static async Task HoldAsync(string name, SessionKernel kind, Func<Session, Task> talk)
    {
        Assert.True(kind != SessionKernel.Recorded || RealKernel.IsThere, $"Name the kernel to record in {RealKernel.Variable}.");
        await using var session = new Session(name, kind);
        session.Kernel = await KernelProcess.StartAsync(session.CommandLine(), session.WorkingFolder);
        await talk(session);
        await session.Kernel.DisposeAsync();
        if (kind == SessionKernel.Transcript)
            Assert.Equal("", File.Exists(session.Report) ? File.ReadAllText(session.Report) : "the client ended before the transcript");
        if (kind == SessionKernel.Recorded)
            session.Store();
    }

    /// <summary>Runs a cell.</summary>
    /// <returns>Its outputs as a notebook has them, a line each; always the newest: a later cell may update them, and what the cell has left running adds to them.</returns>
    public async Task<OutputLines> RunAsync(string code)
    {
        var notebook = new TestNotebook().Code(code).ToDocument();
        CellResult result = await Kernel.ExecuteAsync(code, _recorder.BeginCell(notebook.Cells[0]));
        OutputLines outputs = new(() =>
        {
            _recorder.ApplyTo(notebook);
            return notebook.Cells[0].Outputs;
        });
        Assert.Equal(outputs.Any(line => line.StartsWith("error ", StringComparison.Ordinal)), !result.Succeeded);
        return outputs;
    }

    /// <summary>Puts a file into the kernel's folder.</summary>
    public void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(WorkingFolder, name), content);

    public async ValueTask DisposeAsync()
    {
        if (Kernel is not null)
            await Kernel.DisposeAsync();
        _folder.Dispose();
    }

    private string WorkingFolder => Directory.CreateDirectory(_folder["work"]).FullName;

    private KernelCommandLine CommandLine()
    {
        if (_kind == SessionKernel.Embedded)
            return KernelCommandLine.Embedded;
        if (_kind == SessionKernel.Transcript)
            return new(DotNetHost.Path, ["exec", TranscriptProgram, "replay", Transcript, Report]);
        KernelCommandLine real = RealKernel.CommandLine(WorkingFolder);
        return _kind == SessionKernel.Real ? real : new(DotNetHost.Path, ["exec", TranscriptProgram, "record", Transcript, real.FileName, .. real.Arguments]);
    }

    private void Store()
    {
        string repository = NotebookFiles.FindRepository(AppContext.BaseDirectory)!;
        string folder = Path.Combine(repository, "helpers", "NotebookRunner.Tests", "Samples", "Transcripts");
        var normalizer = new OutputNormalizer(WorkingFolder, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), sources: "");
        string text = ProcessNumber().Replace(normalizer.Normalize(File.ReadAllText(Transcript)), "1")
            .Replace(Path.GetDirectoryName(DotNetHost.Path)!, "…/dotnet", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, $"{_name}.jsonl"), $"{{\"recorded\":\"Microsoft.dotnet-interactive {RealKernel.Version}\"}}\n{text}");
    }

    // kernel://pid-1234/csharp
    [GeneratedRegex("(?<=kernel://pid-)\\d+|(?<=/nuget/Projects/)\\d+")]
    private static partial Regex ProcessNumber();
}
