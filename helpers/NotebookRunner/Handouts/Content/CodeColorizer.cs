using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NotebookRunner.Documents;
using IElement = AngleSharp.Dom.IElement;

namespace NotebookRunner.Handouts.Content;

/// <summary>Colours the C# of one notebook. Like a kernel it knows what earlier cells declared, so types look like types everywhere.</summary>
internal sealed partial class CodeColorizer
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, kind: SourceCodeKind.Script);

    private static readonly CSharpCompilationOptions CompilationOptions = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"],
        allowUnsafe: true);

    private static readonly Lazy<ImmutableArray<MetadataReference>> FrameworkReferences = new(FindFrameworkReferences);
    private static readonly Lazy<Workspace> EmptyWorkspace = new(() => new AdhocWorkspace());

    // The compiler is slow to start and then does one thing at a time: one thread colours the code of all notebooks while others do the rest.
    private static readonly Lock Gate = new();
    private static Task _last = Task.CompletedTask;

    private readonly string _folder;
    private readonly Task<Submission>[] _cells;
    private readonly List<(IElement Element, Func<string> Color)> _shown = [];

    /// <summary>Begins to colour.</summary>
    /// <param name="folder">The notebook's folder, against which <c>#r</c> resolves.</param>
    /// <param name="cells">The code of the cells that are C#, in order.</param>
    internal CodeColorizer(string folder, IReadOnlyList<string> cells)
    {
        _folder = folder;
        _cells = new Task<Submission>[cells.Count];
        for (int i = 0; i < cells.Count; i++)
        {
            int cell = i;
            _cells[i] = Enqueue(() => Submit(cells[cell], After(cell)));
        }
    }

    /// <summary>Shows a cell in an element, once its colours are known.</summary>
    internal void ShowCell(int cell, IElement element) => _shown.Add((element, () => _cells[cell].GetAwaiter().GetResult().ToHtml()));

    /// <summary>Shows a piece of code that is no cell, once its colours are known.</summary>
    /// <param name="code">The code.</param>
    /// <param name="cell">The number of cells before it, whose declarations it may use.</param>
    /// <param name="element">Where to show it.</param>
    internal void ShowExample(string code, int cell, IElement element) => _shown.Add((element, () => Submit(code, After(cell)).ToHtml()));

    /// <summary>Waits for the colours.</summary>
    internal void Complete()
    {
        foreach (var (element, color) in _shown)
            element.InnerHtml = color();
        _shown.Clear();
    }

    private static Task<Submission> Enqueue(Func<Submission> work)
    {
        lock (Gate)
        {
            Task<Submission> next = _last.ContinueWith(_ => work(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            _last = next;
            return next;
        }
    }

    private Submission? After(int cells) => cells == 0 ? null : _cells[cells - 1].GetAwaiter().GetResult();

    private Submission Submit(string code, Submission? previous)
    {
        var projectId = ProjectId.CreateNewId();
        var documentId = DocumentId.CreateNewId(projectId);
        var project = ProjectInfo.Create(
            projectId,
            VersionStamp.Default,
            name: "cell",
            assemblyName: "cell",
            LanguageNames.CSharp,
            compilationOptions: CompilationOptions,
            parseOptions: ParseOptions,
            projectReferences: previous is null ? [] : [new ProjectReference(previous.Document.Project.Id)],
            metadataReferences: [.. FrameworkReferences.Value, .. ReferencedFiles(code)],
            isSubmission: true);
        // A notebook's own commands (#!time) are no C#; as comments of the same length they leave the rest in its place.
        var text = SourceText.From(NotebookCommand().Replace(code, "//"));
        Solution solution = previous?.Document.Project.Solution ?? EmptyWorkspace.Value.CurrentSolution;
        Document document = solution.AddProject(project).AddDocument(documentId, "cell.csx", text).GetDocument(documentId)!;
        // The asynchronous form is the only one there is; all that it waits for is the processor.
        return new Submission(code, document, [.. Classifier.GetClassifiedSpansAsync(document, new TextSpan(0, code.Length)).GetAwaiter().GetResult()]);
    }

    private static string? CssClassOf(string classification) => classification switch
    {
        ClassificationTypeNames.Keyword or ClassificationTypeNames.ControlKeyword => "k",
        ClassificationTypeNames.PreprocessorKeyword or ClassificationTypeNames.PreprocessorText => "d",
        ClassificationTypeNames.StringLiteral or ClassificationTypeNames.VerbatimStringLiteral or ClassificationTypeNames.StringEscapeCharacter => "s",
        ClassificationTypeNames.NumericLiteral => "n",
        ClassificationTypeNames.ClassName or ClassificationTypeNames.RecordClassName or ClassificationTypeNames.StructName
            or ClassificationTypeNames.RecordStructName or ClassificationTypeNames.InterfaceName or ClassificationTypeNames.EnumName
            or ClassificationTypeNames.DelegateName or ClassificationTypeNames.TypeParameterName => "t",
        ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => "m",
        _ when classification.Contains("comment", StringComparison.Ordinal) => "c",
        _ => null,
    };

    private IEnumerable<MetadataReference> ReferencedFiles(string code) =>
        ReferenceDirective().Matches(code)
            .Select(match => match.Groups["path"].Value)
            .Where(path => !FileNames.LeadsToOtherMachine(path))
            .Select(path => Path.Combine(_folder, path))
            .Where(File.Exists)
            .Select(path => MetadataReference.CreateFromFile(path));

    private static ImmutableArray<MetadataReference> FindFrameworkReferences()
    {
        string assemblies = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        return
        [
            .. assemblies.Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "netstandard.dll"))
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }

    [GeneratedRegex(@"(?<=^[ \t]*)#!", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NotebookCommand();

    [GeneratedRegex("""^[ \t]*#r[ \t]+"(?!nuget:)(?<path>[^"]+\.dll)"[ \t]*\r?$""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceDirective();

    /// <summary>A cell as the compiler sees it: knowing those before it.</summary>
    private sealed record Submission(string Code, Document Document, IReadOnlyList<ClassifiedSpan> Spans)
    {
        internal string ToHtml()
        {
            var html = new CodeHtml();
            int position = 0;
            foreach (ClassifiedSpan span in Spans.OrderBy(span => span.TextSpan.Start))
            {
                // Some words are classified twice: "static symbol" comes on top of "method name".
                if (span.TextSpan.Start < position || CssClassOf(span.ClassificationType) is not { } cssClass)
                    continue;
                html.Append(Code.AsSpan(position, span.TextSpan.Start - position), cssClass: null);
                html.Append(Code.AsSpan(span.TextSpan.Start, span.TextSpan.Length), cssClass);
                position = span.TextSpan.End;
            }

            html.Append(Code.AsSpan(position), cssClass: null);
            return html.ToHtml();
        }
    }
}
