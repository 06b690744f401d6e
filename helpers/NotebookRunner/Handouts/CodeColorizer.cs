using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace NotebookRunner.Handouts;

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

    private readonly string _folder;
    private Solution _cells = EmptyWorkspace.Value.CurrentSolution;
    private ProjectId? _previous;

    /// <param name="folder">The notebook's folder, against which <c>#r</c> resolves.</param>
    internal CodeColorizer(string folder)
    {
        _folder = folder;
    }

    /// <summary>Colours a cell and keeps its declarations for the next one.</summary>
    internal string ColorCell(string code)
    {
        Document document = AddSubmission(code);
        _cells = document.Project.Solution;
        _previous = document.Project.Id;
        return ToHtml(code, document);
    }

    /// <summary>Colours a piece of code that is only shown.</summary>
    internal string ColorExample(string code) => ToHtml(code, AddSubmission(code));

    private Document AddSubmission(string code)
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
            projectReferences: _previous is null ? [] : [new ProjectReference(_previous)],
            metadataReferences: [.. FrameworkReferences.Value, .. ReferencedFiles(code)],
            isSubmission: true);
        // A notebook's own commands (#!time) are no C#; as comments of the same length they leave the rest in its place.
        var text = SourceText.From(NotebookCommand().Replace(code, "//"));
        return _cells.AddProject(project).AddDocument(documentId, "cell.csx", text).GetDocument(documentId)!;
    }

    private static string ToHtml(string code, Document document)
    {
        // The asynchronous form is the only one there is; all that it waits for is the processor.
        IEnumerable<ClassifiedSpan> spans =
            Classifier.GetClassifiedSpansAsync(document, new TextSpan(0, code.Length)).GetAwaiter().GetResult();
        var html = new StringBuilder();
        int position = 0;
        foreach (ClassifiedSpan span in spans.OrderBy(span => span.TextSpan.Start))
        {
            // Some words are classified twice: "static symbol" comes on top of "method name".
            if (span.TextSpan.Start < position || CssClassOf(span.ClassificationType) is not { } cssClass)
                continue;
            html.Append(PlainText.ToHtml(code.AsSpan(position, span.TextSpan.Start - position)));
            html.Append("<span class=\"").Append(cssClass).Append("\">");
            html.Append(PlainText.ToHtml(code.AsSpan(span.TextSpan.Start, span.TextSpan.Length))).Append("</span>");
            position = span.TextSpan.End;
        }

        return html.Append(PlainText.ToHtml(code.AsSpan(position))).ToString();
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
            .Select(match => Path.Combine(_folder, match.Groups["path"].Value))
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

    [GeneratedRegex("""^[ \t]*#r[ \t]+"(?<path>[^":]+\.dll)"[ \t]*\r?$""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceDirective();
}
