using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>
/// A cell's code, sorted into what the compiler takes as a script, and what it refuses there though people write it: namespaces and extension methods, which become a library of their own that the
/// script then references, and <c>using</c> declarations, whose variables become ordinary ones that are disposed of when the cell ends. Every character keeps its place.
/// </summary>
/// <param name="Script">The cell's statements, members and usings.</param>
/// <param name="Library">The cell's types, if one of them cannot be in a script, or the types' namespaces; null if there are none such.</param>
/// <param name="Resources">The variables of the <c>using</c> declarations, in their order.</param>
internal sealed partial record CellSource(CompilationUnitSyntax Script, CompilationUnitSyntax? Library, IReadOnlyList<string> Resources)
{
    /// <summary>How cells are parsed.</summary>
    public static CSharpParseOptions ScriptOptions { get; } = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    /// <summary>How the libraries are parsed that cells contain.</summary>
    public static CSharpParseOptions LibraryOptions { get; } = new(LanguageVersion.CSharp14);

    /// <summary>Reads a cell.</summary>
    public static CellSource Read(string code, CancellationToken cancellationToken)
    {
        code = TakeUsings(code, out var resources, cancellationToken);
        var script = Parse(code, ScriptOptions, cancellationToken);
        if (!script.Members.Any(NeedsLibrary))
            return new(script, null, resources);

        MemberDeclarationSyntax[] types = [.. script.Members.Where(member => member is BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)];
        char[] library = Blank(code);
        char[] rest = code.ToCharArray();
        foreach (var span in types.Select(type => type.Span))
        {
            code.CopyTo(span.Start, library, span.Start, span.Length);
            Blank(code.AsSpan(span.Start, span.Length)).CopyTo(rest, span.Start);
        }

        return new(Parse(new(rest), ScriptOptions, cancellationToken), Parse(new(library), LibraryOptions, cancellationToken), resources);
    }

    private static bool NeedsLibrary(MemberDeclarationSyntax member) =>
        member is BaseNamespaceDeclarationSyntax
        || (member is TypeDeclarationSyntax type && type.Members.Any(inner => inner is ExtensionBlockDeclarationSyntax || (inner is MethodDeclarationSyntax method && IsExtension(method))));

    private static bool IsExtension(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters is [var first, ..] && first.Modifiers.Any(SyntaxKind.ThisKeyword);

    // Only the parser of programs knows them; that of scripts sees something else in them.
    private static string TakeUsings(string code, out IReadOnlyList<string> resources, CancellationToken cancellationToken)
    {
        resources = [];
        if (!UsingDeclaration().IsMatch(code))
            return code;
        LocalDeclarationStatementSyntax[] declarations =
        [
            .. Parse(code, LibraryOptions, cancellationToken).Members
                .OfType<GlobalStatementSyntax>()
                .Select(member => member.Statement)
                .OfType<LocalDeclarationStatementSyntax>()
                .Where(statement => statement.UsingKeyword.IsKind(SyntaxKind.UsingKeyword)),
        ];
        char[] plain = code.ToCharArray();
        foreach (var span in declarations.Select(declaration => TextSpan.FromBounds(declaration.SpanStart, declaration.UsingKeyword.Span.End)))
            Blank(code.AsSpan(span.Start, span.Length)).CopyTo(plain, span.Start);
        resources = [.. declarations.SelectMany(declaration => declaration.Declaration.Variables).Select(variable => variable.Identifier.ValueText)];
        return new(plain);
    }

    private static CompilationUnitSyntax Parse(string code, CSharpParseOptions options, CancellationToken cancellationToken) =>
        CSharpSyntaxTree.ParseText(code, options, cancellationToken: cancellationToken).GetCompilationUnitRoot(cancellationToken);

    private static char[] Blank(ReadOnlySpan<char> text)
    {
        char[] blank = text.ToArray();
        foreach (ref char c in blank.AsSpan())
            c = c is '\r' or '\n' ? c : ' ';
        return blank;
    }

    [GeneratedRegex(@"(^|[;}\s])using\s+[^\s(;=][^;={}]*\s[\w@]+\s*=", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex UsingDeclaration();
}
