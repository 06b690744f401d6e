using System.Reflection;
using System.Runtime;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Embedded.Packages;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>The notebook's C#: what its cells have declared so far, and the means to run one more.</summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed class CSharpSession
#pragma warning restore CA1001
{
    private readonly InteractiveAssemblyLoader _assemblyLoader = new();
    private ScriptOptions _options = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp14)
        .WithEmitDebugInformation(true)
        .WithFileEncoding(Encoding.UTF8)
        .AddImports(
            "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq")
        .AddReferences(typeof(Enumerable).Assembly, typeof(Kernel).Assembly, typeof(PocketView).Assembly);

    private string? _workingDirectory;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ScriptState<object>? _state;

    /// <summary>Begins an empty session.</summary>
    public CSharpSession() => Rehearsal.Begin(_options);

    /// <summary>How cells are parsed.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    /// <summary>Makes assemblies known to all further submissions.</summary>
    /// <param name="references">Files for the compiler.</param>
    /// <param name="dependencies">Files that code may load at run time.</param>
    public void AddAssemblies(IEnumerable<string> references, IReadOnlyList<string> dependencies)
    {
        _options = _options.AddReferences(references.Select(path => MetadataReference.CreateFromFile(path)));
        var names = dependencies.Select(path => (AssemblyName.GetAssemblyName(path), path));
        foreach (var (name, path) in names.Concat(OlderReferences.Find(dependencies)))
        {
            _assemblyLoader.RegisterDependency(
                new AssemblyIdentity(name.Name, name.Version, name.CultureName, [.. name.GetPublicKeyToken() ?? []]), path);
        }
    }

    /// <summary>
    /// The variables that the cells have declared so far, each name once, with its newest declaration, in the order of their names. Any thread may ask, while another one runs cells.
    /// </summary>
    public IReadOnlyList<ScriptVariable> Variables =>
    [
        .. (_state?.Variables ?? [])
            .GroupBy(variable => variable.Name)
            .Select(declarations => declarations.Last())
            .OrderBy(variable => variable.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(variable => variable.Name, StringComparer.Ordinal),
    ];

    /// <summary>Runs a submission. What it has declared stays, even if it then throws.</summary>
    /// <param name="code">The submission's source.</param>
    /// <param name="path">What stack traces call it.</param>
    /// <param name="cancellationToken">Aborts the code, as far as a thread can be aborted; see <see cref="CellRunner"/>.</param>
    /// <exception cref="CellFailedException">The code does not compile.</exception>
    public SubmissionResult Run(string code, string path, CancellationToken cancellationToken)
    {
        var script = Compile(code, path, cancellationToken);
        Task<ScriptState<object>>? run = null;
#pragma warning disable SYSLIB0046 // An abort may leave anything half done; but the alternative for a cell that loops is to kill the process.
        if (cancellationToken.CanBeCanceled)
            ControlledExecution.Run(Start, cancellationToken);
        else
            Start();
#pragma warning restore SYSLIB0046
        // From its first await on, a cell runs on threads that nobody can abort: cancelled, it is left to itself.
        run!.Wait(cancellationToken);
        _state = run.Result;
        _begun.TrySetResult();
        return new(_state.Exception, _state.Exception is null && HasValue(script), _state.ReturnValue);

        void Start() => run = _state is null
            ? script.RunAsync(globals: null, catchException: _ => true, cancellationToken)
            : script.RunFromAsync(_state, catchException: _ => true, cancellationToken);
    }

    /// <summary>What a submission would be that came next. It is not run. Any thread may ask, while another one runs cells; it waits for the first submission.</summary>
    public Script<object> Draft(string code)
    {
        _begun.Task.Wait();
        return _state!.Script.ContinueWith<object>(code, _options.WithFilePath(""));
    }

    private Script<object> Compile(string code, string path, CancellationToken cancellationToken)
    {
        ResolvePathsFromCurrentDirectory();
        var options = _options.WithFilePath(path);
        var script = _state is null
            ? CSharpScript.Create(code, options, assemblyLoader: _assemblyLoader)
            : _state.Script.ContinueWith<object>(code, options);
        var errors = script.Compile(cancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
            throw new CellFailedException(string.Join(Environment.NewLine, errors.Select(error => Describe(error, path)))) { Diagnostics = errors };
        return script;
    }

    // A cell can change the current directory, against which the next one's #r and #load resolve.
    private void ResolvePathsFromCurrentDirectory()
    {
        string current = Directory.GetCurrentDirectory();
        if (current == _workingDirectory)
            return;
        _workingDirectory = current;
        _options = _options
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(current))
            .WithSourceResolver(new CellSourceResolver(current));
    }

    // As the real kernel prints it, whose cells have no name.
    private static string Describe(Diagnostic diagnostic, string path)
    {
        string text = diagnostic.ToString();
        return text.StartsWith(path + "(", StringComparison.Ordinal) ? text[path.Length..] : text;
    }

    // A last expression without semicolon is the cell's value, unless it is of type void; and so is what the cell itself returns: null by a bare return.
    private static bool HasValue(Script script)
    {
        var compilation = script.GetCompilation();
        var tree = compilation.SyntaxTrees.Last();
        var root = tree.GetCompilationUnitRoot();
        return root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }
            ? compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).ConvertedType?.SpecialType != SpecialType.System_Void
            : root.Members.OfType<GlobalStatementSyntax>()
                .SelectMany(member => member.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
                .Any(node => node is ReturnStatementSyntax);
    }
}
