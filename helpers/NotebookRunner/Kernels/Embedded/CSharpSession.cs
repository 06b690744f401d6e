using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.DotNet.Interactive;
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

    // Its members are found in the files, too, that a cell loads.
    private static readonly string KernelType = typeof(Kernel).FullName!;

    private static readonly Lock Binding = new();

    // Held for all that is done for a cell but running its code: a cell that was cancelled meanwhile may be at that still when the next one begins.
    private readonly Lock _preparing = new();

    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly CellLoadContext _context;
    private readonly RebuiltAssemblies? _rebuilt;
    private readonly CellLibraries _libraries;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ImmutableHashSet<MetadataReference> _loaded = [.. AssemblyReferences.OfCells];

    // What the next submission sees beside what the last one saw, which it sees anyway: to name all of .NET again each time would cost a megabyte a cell.
    private ImmutableArray<MetadataReference> _newReferences = AssemblyReferences.OfCells;
    private CSharpCompilationOptions _options = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: [.. Usings, KernelType],
        allowUnsafe: true,
        // Cells are small: one thread has compiled one before others are awake.
        concurrentBuild: false,
        assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);

    private string? _workingDirectory;
    private int _count;
    private volatile CSharpCompilation? _last;
    private volatile bool _isInCode;
    private object?[] _submissions = new object?[16];

    /// <summary>Begins an empty session.</summary>
    /// <param name="rebuilt">Who knows what has been loaded in the process; null if nobody is to be told.</param>
    /// <param name="copies">What takes the place of the files that cells reference; null for nothing.</param>
    public CSharpSession(RebuiltAssemblies? rebuilt = null, ShadowCopies? copies = null)
    {
        _rebuilt = rebuilt;
        _context = new(copies);
        _libraries = new(_id, [.. Usings.Select(name => $"using {name};"), $"using static {KernelType};"]);
    }

    /// <summary>What stops the session's code.</summary>
    public StopSignal Stop { get; } = new();

    /// <summary>Whether a cell's code is being run, which takes as long as it wants to; what else has to be done for a cell comes to an end.</summary>
    public bool IsInCode => _isInCode;

    /// <summary>Makes the session the one of this process: what .NET's own code looks for by its name is found in it, too.</summary>
    public void ServeProcess() => _context.ServeProcess();

    /// <summary>Makes assemblies known to all further submissions.</summary>
    /// <param name="references">Files for the compiler.</param>
    /// <param name="dependencies">Files that code may load at run time.</param>
    public void AddAssemblies(IEnumerable<string> references, IReadOnlyList<string> dependencies)
    {
        MetadataReference[] added = [.. references.Select(path => AssemblyReferences.Of(path)).Except(_loaded)];
        _newReferences = _newReferences.AddRange(added);
        _loaded = _loaded.Union(added);
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
    /// <param name="text">The submission's source.</param>
    /// <param name="path">What stack traces call it.</param>
    /// <param name="cancellationToken">Ends the wait for code that waits for something itself; see <see cref="StopSignal"/> for what runs.</param>
    /// <exception cref="CellFailedException">The code does not compile.</exception>
    /// <exception cref="OperationCanceledException">The cell has been stopped.</exception>
    public SubmissionResult Run(string text, string path, CancellationToken cancellationToken)
    {
        Func<Task<object?>> run;
        CellResources resources;
        bool hasValue;
        lock (_preparing)
            (run, resources, hasValue) = Prepare(text, path, cancellationToken);
        using var reflection = _context.EnterContextualReflection();
        var running = RunToEnd(run, resources, cancellationToken);
        return running.IsCompletedSuccessfully
            ? new(null, hasValue, running.Result, resources)
            : new(FindException(running), false, null, resources);
    }

    private (Func<Task<object?>> Run, CellResources Resources, bool HasValue) Prepare(string text, string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _isInCode = false;
        ResolvePathsFromCurrentDirectory();
        var source = CellSource.Read(text, cancellationToken);
        if (source.Library is { } library)
            LoadLibrary(library, source.Script, path, cancellationToken);
        var tree = CSharpSyntaxTree.Create(StopFlag.AddTo(source.Script), CellSource.ScriptOptions, path, Encoding.UTF8);
        var submission = Submission.Compile(CreateCompilation(tree, _count++), cancellationToken);
        LoadReferences(submission.Compilation.References);
        foreach (string warning in _rebuilt?.Describe(ResolveDirectives(source.Script)) ?? [])
            Console.Error.WriteLine(warning);
        using var reflection = _context.EnterContextualReflection();
        var code = submission.Load(_context, Stop);
        // Stopped meanwhile, it does not even begin.
        cancellationToken.ThrowIfCancellationRequested();
        if (_count >= _submissions.Length)
            Volatile.Write(ref _submissions, [.. _submissions, .. new object?[_submissions.Length]]);

        // Before it runs: should it never end, the next one has nevertheless to come after it.
        _last = submission.Compilation;
        _newReferences = [];
        lock (_libraries)
            _libraries.Add(source.Script);
        _begun.TrySetResult();
        var submissions = _submissions;
        var resources = new CellResources(source.Resources, () => submissions.FirstOrDefault(run => run?.GetType() == code.DeclaringType) is { } own ? CellVariable.Of(own) : []);
        return (() => code.CreateDelegate<Func<object?[], Task<object?>>>()(submissions), resources, submission.HasValue);
    }

    private Task<object?> RunToEnd(Func<Task<object?>> run, CellResources resources, CancellationToken cancellationToken)
    {
        _isInCode = true;
        try
        {
            var running = run();
            // Stopped, what waits is left to itself.
            Task.WaitAny([running], cancellationToken);
            return running;
        }
        catch (OperationCanceledException)
        {
            resources.Release();
            throw;
        }
        finally
        {
            // Else the next cell has begun meanwhile, and says that itself.
            if (!cancellationToken.IsCancellationRequested)
                _isInCode = false;
        }
    }

    /// <summary>What a submission would be that came next, and the library in it, if there is one. Neither is run. Any thread may ask, while another one runs cells; it waits for the first submission.</summary>
    public (CSharpCompilation Cell, CSharpCompilation? Library) Draft(string code)
    {
        _begun.Task.Wait();
        var source = CellSource.Read(code, CancellationToken.None);
        CSharpCompilation? library = null;
        if (source.Library is not null)
        {
            lock (_libraries)
                library = CreateLibrary(source.Library, source.Script, "", FindReferences(source.Script));
        }

        return (CreateCompilation(source.Script.SyntaxTree, int.MaxValue, library is null ? null : CellLibraries.Draft(library)), library);
    }

    private void LoadLibrary(CompilationUnitSyntax library, CompilationUnitSyntax cell, string path, CancellationToken cancellationToken)
    {
        lock (_libraries)
        {
            IReadOnlyList<MetadataReference> references = FindReferences(cell);
            LoadReferences(references);
            _newReferences = _newReferences.Add(_libraries.Load(CreateLibrary(library, cell, path, references), _context, Stop, cancellationToken));
        }
    }

    // All that cells see, and what this one references itself.
    private IReadOnlyList<MetadataReference> FindReferences(CompilationUnitSyntax cell) => [.. _loaded, .. ResolveDirectives(cell).Except(_loaded)];

    private IEnumerable<MetadataReference> ResolveDirectives(CompilationUnitSyntax cell) => cell.GetReferenceDirectives()
        .SelectMany(directive => _options.MetadataReferenceResolver!.ResolveReference(directive.File.ValueText, null, MetadataReferenceProperties.Assembly));

    private CSharpCompilation CreateCompilation(SyntaxTree tree, int number, MetadataReference? library = null) => Bind(CSharpCompilation.CreateScriptCompilation(
        string.Create(CultureInfo.InvariantCulture, $"{LibraryNames.Prefix}{_id}#{number}"),
        tree,
        library is null ? _newReferences : _newReferences.Add(library),
        _options.WithScriptClassName(string.Create(CultureInfo.InvariantCulture, $"Submission#{number}")),
        _last,
        typeof(object)));

    private CSharpCompilation CreateLibrary(CompilationUnitSyntax library, CompilationUnitSyntax cell, string path, IReadOnlyList<MetadataReference> references) =>
        Bind(_libraries.Create(library, cell, path, references, _options));

    // One after another, from whatever thread: two that meet the same assemblies for the first time at the same moment would each have their own idea of the assemblies' types, and later ones,
    // which take the one that they find, would not know a variable's type from one of the same name.
    private static CSharpCompilation Bind(CSharpCompilation compilation)
    {
        lock (Binding)
        {
            // This is what it takes to have the assemblies looked up.
            _ = compilation.ReferencedAssemblyNames;
            return compilation;
        }
    }

    // Those without a file are libraries of cells.
    private void LoadReferences(IEnumerable<MetadataReference> references)
    {
        foreach (var reference in references.OfType<PortableExecutableReference>().Where(reference => reference.FilePath is not null && !_loaded.Contains(reference)))
        {
            AssemblyReferences.Keep(reference.FilePath!);
            _context.LoadReferenced(reference.FilePath!);
            _loaded = _loaded.Add(reference);
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
