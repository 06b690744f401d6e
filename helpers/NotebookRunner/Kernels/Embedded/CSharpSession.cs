using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NotebookRunner.Kernels.Embedded.Stopping;
using NotebookRunner.Kernels.Embedded.Submissions;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>The notebook's C#: what its cells have declared so far, and the means to run one more.</summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed class CSharpSession
#pragma warning restore CA1001
{
    private static readonly ImmutableArray<string> Usings =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    private static readonly Lock Binding = new();

    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly CellLoadContext _context = new();
    private readonly HashSet<MetadataReference> _loaded = [.. AssemblyReferences.OfCells];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // What the next submission sees beside what the last one saw, which it sees anyway: to name all of .NET again each time would cost a megabyte a cell.
    private ImmutableArray<MetadataReference> _newReferences = AssemblyReferences.OfCells;
    private CSharpCompilationOptions _options = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: Usings,
        allowUnsafe: true,
        assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);

    private string? _workingDirectory;
    private int _count;
    private volatile CSharpCompilation? _last;
    private object?[] _submissions = new object?[16];

    /// <summary>How cells are parsed.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    /// <summary>What stops the session's code.</summary>
    public StopSignal Stop { get; } = new();

    /// <summary>Makes the session the one of this process: what .NET's own code looks for by its name is found in it, too.</summary>
    public void ServeProcess() => _context.ServeProcess();

    /// <summary>Makes assemblies known to all further submissions.</summary>
    /// <param name="references">Files for the compiler.</param>
    /// <param name="dependencies">Files that code may load at run time.</param>
    public void AddAssemblies(IEnumerable<string> references, IReadOnlyList<string> dependencies)
    {
        _newReferences = _newReferences.AddRange(references.Select(path => AssemblyReferences.Of(path)).Where(_loaded.Add));
        foreach (string path in dependencies)
            _context.AddPackageFile(path);
    }

    /// <summary>
    /// The variables that the cells have declared so far, each name once, with its newest declaration, in the order of their names. Any thread may ask, while another one runs cells.
    /// </summary>
    public IReadOnlyList<CellVariable> Variables =>
    [
        .. Volatile.Read(ref _submissions)
            .OfType<object>()
            .SelectMany(CellVariable.Of)
            .GroupBy(variable => variable.Name)
            .Select(declarations => declarations.Last())
            .OrderBy(variable => variable.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(variable => variable.Name, StringComparer.Ordinal),
    ];

    /// <summary>Runs a submission. What it has declared stays, even if it then throws, or is stopped.</summary>
    /// <param name="code">The submission's source.</param>
    /// <param name="path">What stack traces call it.</param>
    /// <param name="cancellationToken">Ends the wait for code that waits for something itself; see <see cref="StopSignal"/> for what runs.</param>
    /// <exception cref="CellFailedException">The code does not compile.</exception>
    /// <exception cref="OperationCanceledException">The cell has been stopped.</exception>
    public SubmissionResult Run(string code, string path, CancellationToken cancellationToken)
    {
        ResolvePathsFromCurrentDirectory();
        var root = CSharpSyntaxTree.ParseText(code, ParseOptions, cancellationToken: cancellationToken).GetCompilationUnitRoot(cancellationToken);
        var tree = CSharpSyntaxTree.Create(StopFlag.AddTo(root), ParseOptions, path, Encoding.UTF8);
        var submission = Submission.Compile(CreateCompilation(tree, _count++), cancellationToken);
        LoadReferences(submission.Compilation);
        using var reflection = _context.EnterContextualReflection();
        var run = submission.Load(_context, Stop);
        if (_count >= _submissions.Length)
            Volatile.Write(ref _submissions, [.. _submissions, .. new object?[_submissions.Length]]);

        // Before it runs: should it never end, the next one has nevertheless to come after it.
        _last = submission.Compilation;
        _newReferences = [];
        _begun.TrySetResult();
        var running = run(_submissions);
        // Stopped, what waits is left to itself.
        Task.WaitAny([running], cancellationToken);
        return running.IsCompletedSuccessfully
            ? new(null, submission.HasValue, running.Result)
            : new(FindException(running), false, null);
    }

    /// <summary>What a submission would be that came next. It is not run. Any thread may ask, while another one runs cells; it waits for the first submission.</summary>
    public CSharpCompilation Draft(string code)
    {
        _begun.Task.Wait();
        return CreateCompilation(CSharpSyntaxTree.ParseText(code, ParseOptions), int.MaxValue);
    }

    // One after another, from whatever thread: two that meet the same assemblies for the first time at the same moment would each have their own idea of the assemblies' types, and later ones,
    // which take the one that they find, would not know a variable's type from one of the same name.
    private CSharpCompilation CreateCompilation(SyntaxTree tree, int number)
    {
        lock (Binding)
        {
            var compilation = CSharpCompilation.CreateScriptCompilation(
                string.Create(CultureInfo.InvariantCulture, $"ℛ*{_id}#{number}"),
                tree,
                _newReferences,
                _options.WithScriptClassName(string.Create(CultureInfo.InvariantCulture, $"Submission#{number}")),
                _last,
                typeof(object));
            // This is what it takes to have the assemblies looked up.
            _ = compilation.ReferencedAssemblyNames;
            return compilation;
        }
    }

    private void LoadReferences(CSharpCompilation compilation)
    {
        foreach (var reference in compilation.References.OfType<PortableExecutableReference>().Where(_loaded.Add))
        {
            if (reference.FilePath is not { } path)
                continue;
            AssemblyReferences.Keep(path);
            _context.LoadReferenced(path);
        }
    }

    // The one that the code has thrown, with nothing of ours in its trace if that can be had.
    [StackTraceHidden]
    private static Exception? FindException(Task<object?> failed)
    {
        if (failed.Exception is { InnerExceptions: [var thrown] })
            return thrown;
        try
        {
            failed.GetAwaiter().GetResult();
            return null;
        }
        catch (OperationCanceledException exception)
        {
            return exception;
        }
    }

    // A cell can change the current directory, against which the next one's #r and #load resolve.
    private void ResolvePathsFromCurrentDirectory()
    {
        string current = Directory.GetCurrentDirectory();
        if (current == _workingDirectory)
            return;
        _workingDirectory = current;
        _options = _options
            .WithMetadataReferenceResolver(new AssemblyReferenceResolver(current))
            .WithSourceReferenceResolver(new CellSourceResolver(current));
    }
}
